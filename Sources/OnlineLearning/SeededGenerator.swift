internal import Glibc
public import Records

/// Pseudo-random numbers whose whole state is one number, so that a replay draws the same ones.
///
/// - Cost: a few nanoseconds a number, allocates nothing.
/// - Source: SplitMix64, in Steele, Lea and Flood, OOPSLA (2014).
public struct SeededGenerator: RandomNumberGenerator, Checkpointable, Sendable, Equatable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform from 0 to below 1, with 53 bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform from 0 to below `count`, which is above 0.
    public mutating func index(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Every order is equally likely.
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, index(below: last + 1)) }
    }

    /// Mean 0, variance 1 (Box and Muller; the second number of the pair is dropped, so that there is nothing to keep).
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// A count with this mean, which is small: cost O(mean) (Knuth's method).
    public mutating func poisson(mean: Double) -> Int {
        let limit = exp(-mean)
        var count = 0
        var product = uniform()
        while product > limit {
            count += 1
            product *= uniform()
        }
        return count
    }

    public func save(to archive: inout StateArchive, under prefix: String) { archive.put(prefix, counters: [state]) }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        state = try archive.counters(prefix, count: 1)[0]
    }
}
