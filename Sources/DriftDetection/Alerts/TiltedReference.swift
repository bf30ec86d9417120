internal import Glibc
internal import Records

/// What a stream looks like while nothing changes, as far as an e-detector's bets need to know: the means of
/// exp(bet × value) for each bet, up in the lower four lanes and down in the upper four.
///
/// - Unit: values in standard deviations, within ±`largest`. Cost: two exponentials and eight sums a value.
/// - Values wait outside the reference until a whole block of them is let in.
struct TiltedReference: Sendable {
    /// A value further out counts as this one: a single wild value proves nothing.
    static let largest = 4.0
    /// The bets, in shifts of the mean by so many standard deviations: from a quarter, each √2 times the one before.
    static let bets = SIMD8<Double>(
        0.25, 0.125.squareRoot(), 0.5, 0.5.squareRoot(), -0.25, -0.125.squareRoot(), -0.5, -0.5.squareRoot())

    /// The sums of exp(bet × value) over one value at either end.
    private static let ends: SIMD8<Double> = {
        var ends = SIMD8<Double>.zero
        for lane in 0..<8 { ends[lane] = 2 * cosh(bets[lane] * largest) }
        return ends
    }()

    private(set) var count = 0.0
    private(set) var waiting = 0.0
    private var tilts = SIMD8<Double>.zero
    private var waitingTilts = SIMD8<Double>.zero
    /// Sum and sum of squares.
    private var moments = SIMD2<Double>.zero
    private var waitingMoments = SIMD2<Double>.zero

    @inline(__always)
    mutating func add(_ value: Double) {
        let least = exp(0.25 * value)
        let second = exp(Self.bets[1] * value)
        let up = SIMD4(least, second, least * least, second * second)
        waitingTilts += SIMD8(lowHalf: up, highHalf: 1 / up)
        waitingMoments += SIMD2(value, value * value)
        waiting += 1
    }

    /// Lets the values that wait into the reference.
    mutating func letIn() {
        count += waiting
        tilts += waitingTilts
        moments += waitingMoments
        waiting = 0
        waitingTilts = .zero
        waitingMoments = .zero
    }

    /// The logarithms of the means of exp(bet × value): what a bet costs a value.
    ///
    /// One value at either end is added to those seen: what hasn't been seen yet isn't impossible.
    var prices: SIMD8<Double> {
        var prices = SIMD8<Double>.zero
        for lane in 0..<8 { prices[lane] = log((tilts[lane] + Self.ends[lane]) / (count + 2)) }
        return prices
    }

    var mean: Double { count > 0 ? moments[0] / count : 0 }

    /// The standard deviation, with the two values at the ends among those seen: above 0.
    var deviation: Double {
        ((moments[1] + 2 * Self.largest * Self.largest) / (count + 2) - mean * mean).squareRoot()
    }

    /// The standard deviation of the values seen alone.
    var plainDeviation: Double {
        count > 0 ? max(0, moments[1] / count - mean * mean).squareRoot() : 0
    }
}

extension TiltedReference: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counts", doubles: [count, waiting])
        archive.put("\(prefix)/moments", doubles: [moments[0], moments[1], waitingMoments[0], waitingMoments[1]])
        archive.put("\(prefix)/tilts", doubles: (0..<8).map { tilts[$0] } + (0..<8).map { waitingTilts[$0] })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counts = try archive.finite("\(prefix)/counts", count: 2)
        let sums = try archive.finite("\(prefix)/moments", count: 4)
        let newTilts = try archive.finite("\(prefix)/tilts", count: 16)
        guard counts.allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: "\(prefix)/counts", reason: "a count is below 0")
        }
        guard newTilts.allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: "\(prefix)/tilts", reason: "a sum of exponentials is below 0")
        }
        (count, waiting) = (counts[0], counts[1])
        moments = SIMD2(sums[0], sums[1])
        waitingMoments = SIMD2(sums[2], sums[3])
        for lane in 0..<8 {
            tilts[lane] = newTilts[lane]
            waitingTilts[lane] = newTilts[8 + lane]
        }
        // Sums that contradict each other would give the root of a number below 0.
        guard deviation.isFinite, deviation > 0 else {
            throw .impossible(name: "\(prefix)/moments", reason: "the squares don't fit the sum")
        }
    }
}
