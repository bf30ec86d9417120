/// The pieces in which a partition is searched from its end: the newest first, each twice as long as the one before, so
/// that what is searched is at most a few times what had to be.
package struct TailWindows: Sendable {
    /// Enough for a snapshot of ten megabytes in chunks of one, its manifest, and the tombstones of an older one.
    static let first: Int64 = 32

    private let low: Int64
    private var end: Int64
    private var length = Self.first

    /// - Parameter offsets: what the partition holds.
    package init(_ offsets: Range<Int64>) {
        low = offsets.lowerBound
        end = offsets.upperBound
    }

    /// The partition's beginning has been handed out.
    package var isDone: Bool { end <= low }

    package mutating func next() -> Range<Int64>? {
        guard !isDone else { return nil }
        let start = end - low > length ? end - length : low
        defer {
            end = start
            length = length > Int64.max / 2 ? length : length * 2
        }
        return start..<end
    }
}
