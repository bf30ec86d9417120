internal import RecordCodecs
internal import Records

/// The records of a reference file, read as those of the stream are.
struct ReferenceRecords: ~Copyable {
    private let file: String
    private let features: [FeatureDeclaration]
    /// Of each category: the places of its declared values, by their hashes.
    private let places: [[UInt64: Int]]
    private var decoder: RecordDecoder
    private let row: FeatureRow

    init(_ features: [FeatureDeclaration], _ file: ReferenceFile) throws(ReferenceFileError) {
        self.file = file.path
        self.features = features
        places = features.map { feature in
            guard case .category(.oneHot(let values)) = feature.kind else { return [:] }
            return Dictionary(values.enumerated().map { (ValueHash.of($1), $0) }) { first, _ in first }
        }
        let schema = RecordSchema(
            features: features, target: .unlabelled, id: file.paths.id, timestamp: file.paths.timestamp,
            label: file.paths.label, weight: file.paths.weight, inlineLabels: false,
            largestMagnitude: file.largestMagnitude)
        do throws(RecordSchemaError) { decoder = try RecordDecoder(schema) } catch { throw .unfit(error) }
        row = FeatureRow(features: features)
    }

    /// - Parameter number: the record's place in the file, from 1.
    /// - Returns: one a feature, as `ReferenceSample` has them.
    mutating func values(of record: UnsafeRawBufferPointer, number: Int) throws(ReferenceFileError) -> [Double] {
        do throws(DecodeError) {
            _ = try decoder.decode(record, into: row)
        } catch .noFeaturePresent {
            return features.map { _ in .infinity }
        } catch {
            throw .wrongRecord(file: file, number: number, reason: decoder.explain(error, value: record).message)
        }
        return features.indices.map { index in
            guard row.counts[index] > 0 else { return .infinity }
            let place = row.layout.places[index].first
            if features[index].kind == .number { return Double(row.numbers[place]) }
            return Double(places[index][row.codes[place]] ?? places[index].count)
        }
    }
}
