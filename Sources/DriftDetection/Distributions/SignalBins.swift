/// The bins of a signal's histogram. Those of numbers are cut at the quantiles of a sample: equally full where no value
/// is frequent, and open at both ends, so that no value is out of range. Those of categories are one a category, and
/// one for others. A missing value has a bin of its own, the last one.
///
/// - Unit: that of the values; a category is its index. Cost: O(log bins) a value, O(bins) where they are few; memory is
///   made at init.
struct SignalBins: ~Copyable {
    private static let fewEdges = 16

    private let kind: DistributionWatchConfiguration.Kind
    /// Ascending upper edges; an edge belongs to the bin below it.
    private let edges: UnsafeMutableBufferPointer<Double>
    private(set) var edgeCount = 0

    init(_ kind: DistributionWatchConfiguration.Kind) {
        self.kind = kind
        edges = .allocate(capacity: Self.largestCount(kind) - 2)
        edges.initialize(repeating: 0)
        guard case .categories(let count) = kind else { return }
        for category in 0..<count { edges[category] = Double(category) }
        edgeCount = count
    }

    deinit { edges.deallocate() }

    /// Bins for values, and the one for the missing.
    var count: Int { edgeCount + 2 }

    /// As many as there can ever be.
    static func largestCount(_ kind: DistributionWatchConfiguration.Kind) -> Int {
        switch kind {
        case .numbers(let bins): bins + 1
        case .categories(let count): count + 2
        }
    }

    var upperEdges: [Double] { Array(edges.prefix(edgeCount)) }

    /// Cuts number bins anew; fewer than there could be where quantiles are the same.
    /// - Parameters:
    ///   - sample: sorted; infinities, which stand for missing values, come last.
    ///   - present: how many aren't missing.
    mutating func cut(_ sample: UnsafeBufferPointer<Double>, present: Int) {
        guard case .numbers(let bins) = kind else { return }
        edgeCount = 0
        guard present > 0 else { return }
        for bin in 1..<bins {
            let edge = sample[max(0, bin * present / bins - 1)]
            guard edgeCount == 0 || edge > edges[edgeCount - 1] else { continue }
            edges[edgeCount] = edge
            edgeCount += 1
        }
    }

    /// Counts values, infinite ones for missing, by their bins.
    /// - Parameter counts: as many as there are bins, or more; all others are 0 after.
    func count(_ values: UnsafeBufferPointer<Double>, into counts: UnsafeMutableBufferPointer<Double>) {
        counts.update(repeating: 0)
        guard edgeCount <= Self.fewEdges else {
            for value in values { counts[bin(of: value)] += 1 }
            return
        }
        // Edge by edge: nothing is guessed wrong, and several values go at a time.
        var rest = values.count
        for edge in 0..<edgeCount {
            let above = values.count(above: edges[edge])
            counts[edge] = Double(rest - above)
            rest = above
        }
        let missing = values.count(above: .greatestFiniteMagnitude)
        counts[edgeCount] = Double(rest - missing)
        counts[edgeCount + 1] = Double(missing)
    }

    private func bin(of value: Double) -> Int {
        guard value.isFinite else { return edgeCount + 1 }
        var (low, high) = (0, edgeCount)
        while low < high {
            let middle = (low + high) / 2
            if value > edges[middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension UnsafeBufferPointer<Double> {
    /// Eight at a time, and the rest one by one.
    @inline(__always)
    fileprivate func count(above edge: Double) -> Int {
        guard let values = baseAddress else { return 0 }
        let whole = count / 8 * 8
        var above = SIMD8<Int64>.zero
        for start in stride(from: 0, to: whole, by: 8) {
            let eight = UnsafeRawPointer(values + start).loadUnaligned(as: SIMD8<Double>.self)
            above.replace(with: above &+ 1, where: eight .> edge)
        }
        var rest = 0
        for place in whole..<count where values[place] > edge { rest += 1 }
        return Int(above.wrappedSum()) + rest
    }
}
