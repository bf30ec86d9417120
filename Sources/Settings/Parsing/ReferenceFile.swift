internal import DatasetFiles
internal import OnlineLearning
internal import RecordCodecs
internal import Records

/// A file of feature records that are the reference: CSV or JSON lines, gzip or not.
///
/// - Cost: one pass; memory for as many records as are kept.
struct ReferenceFile {
    /// Records that are kept of a longer file: between half of it and all of it, drawn by lots that are the same each time, so
    /// that a rhythm in the file can't fall in step with them.
    static let most = 10_000
    /// Values that a reference has at least.
    static let least = 2

    let path: String
    /// Where the pipeline's records have what isn't a feature.
    let paths: RecordPaths
    let largestMagnitude: Double

    /// - Parameter features: numbers, and categories whose values are declared; at least one.
    /// - Returns: one for each of them, in their order.
    func samples(of features: [FeatureDeclaration]) throws(ReferenceFileError) -> [ReferenceSample] {
        var reader = try open(features)
        var records = try ReferenceRecords(asked(features, isTable: !reader.header.isEmpty), self)
        var lots = SeededGenerator(seed: 0)
        var limit = UInt64.max
        var kept: [(lot: UInt64, values: [Double])] = []
        while let record = try next(&reader) {
            let lot = lots.next()
            guard lot <= limit else { continue }
            kept.append((lot, try records.values(of: record, number: reader.recordsRead)))
            while kept.count > Self.most {
                limit /= 2
                kept.removeAll { $0.lot > limit }
            }
        }
        return try features.enumerated().map { (index, feature) throws(ReferenceFileError) in
            let values = kept.map(\.values[index])
            let usable = values.count(where: feature.isUsable)
            guard usable >= Self.least else {
                throw .tooFew(file: path, column: feature.name, found: usable, records: reader.recordsRead)
            }
            return ReferenceSample(feature: feature.name, values: values)
        }
    }

    private func open(_ features: [FeatureDeclaration]) throws(ReferenceFileError) -> DatasetReader {
        let columns = DatasetColumns(
            categories: .named(features.filter { $0.kind != .number }.map(\.name)),
            numbers: Set(features.filter { $0.kind == .number }.map(\.name)))
        do throws(DatasetError) {
            let reader = try DatasetReader(path: path, columns: columns)
            if !reader.header.isEmpty, let missing = features.first(where: { !reader.header.contains($0.name) }) {
                throw .unknownColumn(file: path, column: missing.name, header: reader.header)
            }
            return reader
        } catch {
            throw .unreadable(error)
        }
    }

    private func next(_ reader: inout DatasetReader) throws(ReferenceFileError) -> UnsafeRawBufferPointer? {
        do throws(DatasetError) { return try reader.next() } catch { throw .unreadable(error) }
    }

    /// As the file has them: a table's columns go by their names, and what is missing is part of the reference.
    private func asked(_ features: [FeatureDeclaration], isTable: Bool) -> [FeatureDeclaration] {
        features.map { feature in
            FeatureDeclaration(
                name: feature.name, path: isTable ? nil : feature.path, kind: feature.kind, missing: .mean)
        }
    }
}

extension FeatureDeclaration {
    /// Whether a reference's value is a number, or one of the declared ones.
    fileprivate func isUsable(_ value: Double) -> Bool {
        guard case .category(.oneHot(let values)) = kind else { return value.isFinite }
        return value < Double(values.count)
    }
}
