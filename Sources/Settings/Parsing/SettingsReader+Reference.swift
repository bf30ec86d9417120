internal import DriftDetection
internal import Records

extension SettingsReader {
    /// Where a test has its reference from.
    mutating func reference(_ item: Item) -> (reference: DistributionWatchConfiguration.Reference, file: String?) {
        guard let file = value(Declared.referenceFile, in: item) else {
            let first = value(Declared.referenceRecords, in: item) ?? 1000
            let rolling = value(Declared.referenceRolling, in: item)
            return (rolling.map { .rolling($0) } ?? .first(first), nil)
        }
        for other in [Declared.referenceRecords, Declared.referenceRolling].map(\.declaration)
        where item.section.entry(at: other.namesInItem) != nil {
            contradict(
                other.namesInItem.joined(separator: "."), in: item, "stands beside `reference.file`",
                allowed: "one of the two", advice: "remove one of them")
        }
        return (.first(ReferenceFile.most), file)
    }

    /// What the file says that is the watch's reference; empty where there is none.
    mutating func samples(
        of watch: DriftWatch, _ features: [FeatureDeclaration], _ paths: RecordPaths, in item: Item
    ) -> [ReferenceSample] {
        guard case .distribution(let distribution) = watch.detector, let path = distribution.file else { return [] }
        guard watch.watch == .feature else {
            contradict(
                "reference.file", in: item, "a file can't be the reference of `\(watch.watch.rawValue)`",
                allowed: "beside `watch: feature`", advice: "write `reference: {records: 1000}`")
            return []
        }
        let watched = watch.features.compactMap { name in features.first { $0.name == name && $0.isWatchable } }
        // What is wrong with the names is said there.
        guard !watched.isEmpty else { return [] }
        let file = ReferenceFile(
            path: path, paths: paths, largestMagnitude: peek(Declared.largestMagnitude) ?? .greatestFiniteMagnitude)
        do {
            return try file.samples(of: watched)
        } catch {
            contradict("reference.file", in: item, error.found, allowed: error.allowed, advice: error.advice)
            return []
        }
    }
}
