internal import Glibc
internal import Records
internal import Settings

/// One signal of the data's quality: what is counted, and of which feature, number or category.
struct QualityValue {
    var check: QualityCheck
    var place: Int
}

/// Counts what comes in, block by block: a block's shares are the values that are watched.
///
/// - Shape: rows of features, refusals and times in; one value a signal at a block's end. Unit: shares; the binary logarithm
///   of a block's milliseconds, upside down; seconds of lag. Cost: a few sums a feature and record, memory is made at init.
struct QualityCounters: ~Copyable {
    /// Records a block, refused ones too.
    static let block = 64
    /// The first so many accepted records say what the range of a number is.
    static let rangeRecords: UInt64 = 1000

    let features: Int
    let numbers: Int
    let categories: Int
    /// In the block: records without the feature, with a number out of its range, with a category that isn't declared.
    let missing: UnsafeMutableBufferPointer<UInt32>
    let outside: UnsafeMutableBufferPointer<UInt32>
    let undeclared: UnsafeMutableBufferPointer<UInt32>
    /// The least and the largest of each number, one row after the other.
    let bounds: UnsafeMutableBufferPointer<Float>
    var accepted: UInt64 = 0
    var inBlock = 0
    var refused = 0
    /// Where the block began, and the latest time so far; nil before the first.
    var begun: Int64?
    var latest: Int64?
    var lagSum = 0.0
    var lags = 0

    init(features: Int, numbers: Int, categories: Int) {
        self.features = features
        self.numbers = numbers
        self.categories = categories
        missing = .allocate(capacity: features)
        outside = .allocate(capacity: numbers)
        undeclared = .allocate(capacity: categories)
        bounds = .allocate(capacity: 2 * numbers)
        missing.initialize(repeating: 0)
        outside.initialize(repeating: 0)
        undeclared.initialize(repeating: 0)
        bounds.initialize(repeating: .nan)
    }

    deinit {
        missing.deallocate()
        outside.deallocate()
        undeclared.deallocate()
        bounds.deallocate()
    }

    /// Whether numbers have a range by now.
    var hasRanges: Bool { accepted >= Self.rangeRecords }

    mutating func add(_ row: borrowing FeatureRow, _ table: borrowing CategoryTable) {
        countMissing(row.counts)
        for category in 0..<categories where table.index(of: category, in: row) == table.plans[category].hashes.count {
            undeclared[category] &+= 1
        }
        if hasRanges { countOutside(row.scalars) } else { widen(row.scalars) }
        accepted += 1
        inBlock += 1
    }

    /// Four features at a time, and the rest one by one; so are ranges.
    @inline(__always)
    private func countMissing(_ counts: UnsafeMutableBufferPointer<UInt32>) {
        guard let missing = missing.baseAddress, let counts = counts.baseAddress else { return }
        let whole = features / 4 * 4
        for first in stride(from: 0, to: whole, by: 4) {
            Self.raise(missing + first, where: Self.four(counts + first) .== SIMD4<UInt32>.zero)
        }
        for feature in whole..<features { missing[feature] &+= counts[feature] == 0 ? 1 : 0 }
    }

    /// What is missing is neither too small nor too large.
    @inline(__always)
    private func countOutside(_ values: UnsafeBufferPointer<Float>) {
        guard let outside = outside.baseAddress, let least = bounds.baseAddress, let values = values.baseAddress else {
            return
        }
        let largest = least + numbers
        let whole = numbers / 4 * 4
        for first in stride(from: 0, to: whole, by: 4) {
            let four: SIMD4<Float> = Self.four(values + first)
            let isOutside = (four .< Self.four(least + first)) .| (four .> Self.four(largest + first))
            Self.raise(outside + first, where: isOutside)
        }
        for number in whole..<numbers {
            let value = values[number]
            outside[number] &+= (value < least[number] ? 1 : 0) + (value > largest[number] ? 1 : 0)
        }
    }

    @inline(__always)
    private static func four<Scalar>(_ first: UnsafePointer<Scalar>) -> SIMD4<Scalar> {
        UnsafeRawPointer(first).loadUnaligned(as: SIMD4<Scalar>.self)
    }

    @inline(__always)
    private static func raise(_ first: UnsafeMutablePointer<UInt32>, where mask: SIMDMask<SIMD4<Int32>>) {
        let counts: SIMD4<UInt32> = four(first)
        UnsafeMutableRawPointer(first).storeBytes(
            of: counts.replacing(with: counts &+ 1, where: mask), as: SIMD4<UInt32>.self)
    }

    private func widen(_ values: UnsafeBufferPointer<Float>) {
        for number in 0..<numbers where !values[number].isNaN {
            let value = values[number]
            if !(bounds[number] <= value) { bounds[number] = value }
            if !(bounds[numbers + number] >= value) { bounds[numbers + number] = value }
        }
    }

    mutating func addRefused() {
        refused += 1
        inBlock += 1
    }

    /// - Parameters:
    ///   - time: event time in milliseconds since 1970.
    ///   - lag: milliseconds from then to the broker's time; nil where either isn't known.
    mutating func add(time: Int64, lag: Int64?) {
        latest = max(latest ?? time, time)
        if begun == nil { begun = time }
        guard let lag else { return }
        lagSum += Double(lag) / 1000
        lags += 1
    }

    var endsBlock: Bool { inBlock >= Self.block }

    /// What a signal's value over the block is; nil where there is none.
    func value(_ value: QualityValue) -> Double? {
        let accepted = inBlock - refused
        let share = { (count: UInt32) in accepted > 0 ? Double(count) / Double(accepted) : nil }
        switch value.check {
        case .missing: return share(missing[value.place])
        case .newCategory: return share(undeclared[value.place])
        case .outOfRange: return hasRanges ? share(outside[value.place]) : nil
        case .refused: return Double(refused) / Double(inBlock)
        case .volume:
            guard let begun, let latest else { return nil }
            return -log2(Double(max(0, latest - begun)) + 1)
        case .lag: return lags > 0 ? lagSum / Double(lags) : nil
        }
    }

    mutating func beginBlock() {
        missing.update(repeating: 0)
        outside.update(repeating: 0)
        undeclared.update(repeating: 0)
        (inBlock, refused, lagSum, lags) = (0, 0, 0, 0)
        begun = latest
    }
}

extension QualityCounters: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/bounds", floats: UnsafeBufferPointer(bounds))
        archive.put("\(prefix)/counts", counters: (Array(missing) + outside + undeclared).map(UInt64.init))
        archive.put(
            "\(prefix)/block",
            counters: [
                accepted, UInt64(inBlock), UInt64(refused), UInt64(lags), begun == nil ? 0 : 1,
                UInt64(bitPattern: begun ?? 0), latest == nil ? 0 : 1, UInt64(bitPattern: latest ?? 0),
            ])
        archive.put("\(prefix)/lag", doubles: [lagSum])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let ranges = try archive.floats("\(prefix)/bounds", count: bounds.count)
        let counts = try archive.counters("\(prefix)/counts", count: features + numbers + categories)
        let block = try archive.counters("\(prefix)/block", count: 8)
        let sums = try archive.doubles("\(prefix)/lag", count: 1)
        guard block[1] < UInt64(Self.block), block[2] <= block[1], block[3] <= block[1], block[4] <= 1, block[6] <= 1,
            counts.allSatisfy({ $0 <= block[1] - block[2] }), block[4] <= block[6]
        else { throw .impossible(name: "\(prefix)/block", reason: "the counts aren't those of a block") }
        let (newBegun, newLatest) = (Int64(bitPattern: block[5]), Int64(bitPattern: block[7]))
        guard sums[0].isFinite, block[4] == 0 || newBegun <= newLatest, newLatest.magnitude < 1 << 62,
            newBegun.magnitude < 1 << 62
        else { throw .impossible(name: "\(prefix)/lag", reason: "times that can't be") }
        _ = bounds.update(fromContentsOf: ranges)
        for (index, count) in counts.enumerated() {
            if index < features {
                missing[index] = UInt32(count)
            } else if index < features + numbers {
                outside[index - features] = UInt32(count)
            } else {
                undeclared[index - features - numbers] = UInt32(count)
            }
        }
        (accepted, inBlock, refused, lags) = (block[0], Int(block[1]), Int(block[2]), Int(block[3]))
        begun = block[4] == 1 ? newBegun : nil
        latest = block[6] == 1 ? newLatest : nil
        lagSum = sums[0]
    }
}
