internal import Records

/// ADWIN's window as an exponential histogram: level l holds buckets of 2^l values each, oldest first.
///
/// - Memory: bounded and made once: `levelLimit` levels of `maximumBuckets` + 1 buckets. A window that would need more
///   levels (5 × 2^39 values with the defaults) loses its oldest bucket.
/// - Source: Bifet and Gavaldà 2007, section 4; variances as Babcock and others (PODS 2003) merge them.
struct BucketWindow: ~Copyable {
    static let largestLevelLimit = 40

    private let levelLimit: Int
    private let perLevel: Int
    private let totals: UnsafeMutablePointer<Double>
    /// Sums of squared deviations from the bucket's own mean.
    private let squares: UnsafeMutablePointer<Double>
    private let counts: UnsafeMutablePointer<Int>
    private(set) var levels = 1
    private(set) var width = 0.0
    private(set) var total = 0.0
    /// The sum of squared deviations from the window's mean.
    private(set) var deviations = 0.0

    /// - Parameter levelLimit: 0 for a window that is never used, and takes no memory.
    init(maximumBuckets: Int, levelLimit: Int) {
        precondition(maximumBuckets >= 2, "ADWIN needs at least 2 buckets a level")
        self.levelLimit = levelLimit
        perLevel = maximumBuckets + 1
        totals = .allocate(capacity: levelLimit * perLevel)
        squares = .allocate(capacity: levelLimit * perLevel)
        counts = .allocate(capacity: levelLimit)
        totals.initialize(repeating: 0, count: levelLimit * perLevel)
        squares.initialize(repeating: 0, count: levelLimit * perLevel)
        counts.initialize(repeating: 0, count: levelLimit)
    }

    deinit {
        totals.deallocate()
        squares.deallocate()
        counts.deallocate()
    }

    @inline(__always) func count(_ level: Int) -> Int { counts[level] }

    /// The total of a level's buckets, oldest first.
    @inline(__always) func totals(_ level: Int) -> UnsafePointer<Double> { UnsafePointer(totals + level * perLevel) }

    mutating func removeAll() {
        counts.update(repeating: 0, count: levels)
        levels = 1
        (width, total, deviations) = (0, 0, 0)
    }

    @inline(__always)
    mutating func append(_ value: Double) {
        push(level: 0, total: value, squares: 0)
        if width > 0 {
            let deviation = value - total / width
            deviations += width * deviation * deviation / (width + 1)
        }
        width += 1
        total += value
        if counts[0] == perLevel { mergeFullLevels() }
    }

    /// Drops the oldest bucket. The window holds more than that one.
    mutating func removeOldest() {
        let level = levels - 1
        let slot = level * perLevel
        let size = Self.size(level)
        let mean = totals[slot] / size
        width -= size
        total -= totals[slot]
        let difference = mean - total / width
        deviations -= squares[slot] + size * width * difference * difference / (size + width)
        // Rounding can leave less than nothing, and the square root of that would silence the detector for good.
        if deviations < 0 { deviations = 0 }
        shift(level: level, by: 1)
        while levels > 1 && counts[levels - 1] == 0 { levels -= 1 }
    }

    private mutating func mergeFullLevels() {
        var level = 0
        while counts[level] == perLevel {
            guard level + 1 < levelLimit else { return removeOldest() }
            if level + 1 == levels { levels += 1 }
            let slot = level * perLevel
            let size = Self.size(level)
            let difference = totals[slot] / size - totals[slot + 1] / size
            push(
                level: level + 1, total: totals[slot] + totals[slot + 1],
                squares: squares[slot] + squares[slot + 1] + size * 0.5 * difference * difference)
            shift(level: level, by: 2)
            level += 1
        }
    }

    @inline(__always)
    private func push(level: Int, total: Double, squares square: Double) {
        let slot = level * perLevel + counts[level]
        totals[slot] = total
        squares[slot] = square
        counts[level] += 1
    }

    @inline(__always)
    private func shift(level: Int, by removed: Int) {
        let slot = level * perLevel
        let remaining = counts[level] - removed
        for index in 0..<remaining {
            totals[slot + index] = totals[slot + index + removed]
            squares[slot + index] = squares[slot + index + removed]
        }
        counts[level] = remaining
    }

    @inline(__always) static func size(_ level: Int) -> Double { Double(1 &<< level) }
}

extension BucketWindow: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/window", doubles: [width, total, deviations])
        archive.put("\(prefix)/bucket-counts", counters: (0..<levels).map { UInt64(counts[$0]) })
        archive.put("\(prefix)/bucket-totals", doubles: used(totals))
        archive.put("\(prefix)/bucket-squares", doubles: used(squares))
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let window = try archive.finite("\(prefix)/window", count: 3)
        let counters = try archive.counters("\(prefix)/bucket-counts")
        guard (1...levelLimit).contains(counters.count), counters.allSatisfy({ $0 < UInt64(perLevel) }) else {
            throw .impossible(name: "\(prefix)/bucket-counts", reason: "more buckets than the window can hold")
        }
        guard counters.count == 1 || counters.last != 0 else {
            throw .impossible(name: "\(prefix)/bucket-counts", reason: "the oldest level is empty")
        }
        let held = zip(counters, 0...).reduce(0.0) { $0 + Double($1.0) * Self.size($1.1) }
        guard held == window[0] else {
            throw .impossible(name: "\(prefix)/window", reason: "its width isn't what the buckets hold")
        }
        let buckets = counters.reduce(0) { $0 + Int($1) }
        let newTotals = try archive.finite("\(prefix)/bucket-totals", count: buckets)
        let newSquares = try archive.finite("\(prefix)/bucket-squares", count: buckets)
        removeAll()
        levels = counters.count
        (width, total, deviations) = (window[0], window[1], window[2])
        var next = 0
        for (level, count) in counters.enumerated() {
            for _ in 0..<count {
                push(level: level, total: newTotals[next], squares: newSquares[next])
                next += 1
            }
        }
    }

    private func used(_ values: UnsafeMutablePointer<Double>) -> [Double] {
        (0..<levels).flatMap { level in (0..<counts[level]).map { values[level * perLevel + $0] } }
    }
}
