internal import Records

/// How much more the mean of a stretch varies than it would if the values were independent: 1 for independent values,
/// (1 + r) / (1 - r) for a first-order autoregression of correlation r.
///
/// - Shape: scalar in. Unit: none. Cost: O(1) amortized (a block of twice the size ends half as often); allocates
///   nothing.
/// - Source: batch means, as in Flegal and Jones, Batch means and spectral variance estimators in Markov chain Monte
///   Carlo, Annals of Statistics 38 (2010), over blocks of 1, 2, 4, … 512 values. Each ratio is taken down by two of
///   its own standard errors, so that independent values give 1, and of those the largest stands.
struct VarianceInflation: Sendable {
    private static let levels = 10
    /// A ratio of fewer blocks than this says nothing.
    private static let leastBlocks = 8.0

    private var count: UInt64 = 0
    private var sum = 0.0
    /// The sum of the level's block that waits for its other half.
    private var halves = InlineArray<10, Double>(repeating: 0)
    /// The sum of the squares of the level's block sums.
    private var squares = InlineArray<10, Double>(repeating: 0)

    @inline(__always)
    mutating func add(_ value: Double) {
        sum += value
        var block = value
        var blocks = count &+ 1
        count = blocks
        for level in 0..<Self.levels {
            squares[level] += block * block
            guard blocks & 1 == 0 else {
                halves[level] = block
                return
            }
            block += halves[level]
            blocks >>= 1
        }
    }

    /// At least 1; 1 while too little is known, and for a stream that doesn't vary.
    var estimate: Double {
        let count = Double(count)
        guard count >= Self.leastBlocks else { return 1 }
        let mean = sum / count
        let variance = squares[0] / count - mean * mean
        guard variance > 1e-12 * (1 + mean * mean) else { return 1 }
        var largest = 1.0
        // The sum of the values that lie in whole blocks of the level.
        var whole = sum
        for level in 1..<Self.levels {
            let blocks = Double(self.count >> UInt64(level))
            guard blocks >= Self.leastBlocks else { break }
            if self.count >> UInt64(level - 1) & 1 == 1 { whole -= halves[level - 1] }
            let size = Double(1 << level)
            let mean = whole / (blocks * size)
            let ratio = (squares[level] / blocks / size - size * mean * mean) / variance
            largest = max(largest, ratio / (1 + 2 * (2 / blocks).squareRoot()))
        }
        return largest
    }
}

extension VarianceInflation: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/count", counters: [count])
        archive.put("\(prefix)/sum", doubles: [sum])
        archive.put("\(prefix)/halves", doubles: (0..<Self.levels).map { halves[$0] })
        archive.put("\(prefix)/squares", doubles: (0..<Self.levels).map { squares[$0] })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/count", count: 1)
        let sums = try archive.finite("\(prefix)/sum", count: 1)
        let newHalves = try archive.finite("\(prefix)/halves", count: Self.levels)
        let newSquares = try archive.finite("\(prefix)/squares", count: Self.levels)
        guard newSquares.allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: "\(prefix)/squares", reason: "a sum of squares is below 0")
        }
        (count, sum) = (counters[0], sums[0])
        for level in 0..<Self.levels {
            halves[level] = newHalves[level]
            squares[level] = newSquares[level]
        }
    }
}
