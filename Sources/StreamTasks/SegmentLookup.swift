internal import Records
internal import Settings

/// Which of the declared segments a decoded row is in.
/// - Cost: O(segments) a record, which are 32 at most; allocates nothing after `init`.
struct SegmentLookup {
    private let hashes: [UInt64]
    /// Where the category stands in a row: its code, and how many there are.
    private let code: Int
    private let feature: Int

    init(_ settings: PipelineSettings) {
        let segments = settings.evaluation.segments
        let index = segments.flatMap { segments in settings.features.firstIndex { $0.name == segments.feature } }
        hashes = index == nil ? [] : (segments?.values ?? []).map(ValueHash.of)
        feature = index ?? 0
        code = RowLayout(settings.features).places[feature].first
    }

    var count: Int { hashes.count }

    /// The declared value's index; -1 for any other value, and where it is missing.
    @inline(__always)
    func segment(of row: borrowing FeatureRow) -> Int {
        guard !hashes.isEmpty, row.counts[feature] > 0 else { return -1 }
        return hashes.firstIndex(of: row.codes[code]) ?? -1
    }
}
