internal import Glibc
internal import Records

/// What a stream looks like while nothing changes, as far as an e-detector's bets need to know: the means of
/// exp(bet × value) for each bet, up in the lower four lanes and down in the upper four.
///
/// - Unit: values in standard deviations, within ±`largest`. Cost: two series of eight terms and eight sums a value.
/// - Values wait outside the reference until a whole block of them is let in.
struct TiltedReference: Sendable {
    /// A value further out counts as this one: a single wild value proves nothing.
    static let largest = 4.0
    /// The bets, in shifts of the mean by so many standard deviations: from a quarter, each √2 times the one before.
    @inline(__always)
    static var bets: SIMD8<Double> {
        SIMD8(
            0.25, 0.353_553_390_593_273_8, 0.5, 0.707_106_781_186_547_6,
            -0.25, -0.353_553_390_593_273_8, -0.5, -0.707_106_781_186_547_6)
    }

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
        let (up, down) = Self.exponentials(SIMD2(Self.bets[0], Self.bets[1]) * value)
        waitingTilts += SIMD8(
            lowHalf: SIMD4(lowHalf: up, highHalf: up * up), highHalf: SIMD4(lowHalf: down, highHalf: down * down))
        waitingMoments += SIMD2(value, value * value)
        waiting += 1
    }

    /// The factors of x¹⁴, x¹², … 1 and of x¹⁵, x¹³, … x in the series of exp(x).
    @inline(__always)
    private static var evenTerms: SIMD8<Double> {
        1 / SIMD8(87_178_291_200, 479_001_600, 3_628_800, 40_320, 720, 24, 2, 1)
    }
    @inline(__always)
    private static var oddTerms: SIMD8<Double> {
        1 / SIMD8(1_307_674_368_000, 6_227_020_800, 39_916_800, 362_880, 5_040, 120, 6, 1)
    }

    /// exp(x) and exp(-x), which have the series' even and odd terms in common: as far out as `largest` allows for the
    /// two smaller bets, those that are left out are less than 1e-10 of the sum.
    @inline(__always)
    private static func exponentials(_ exponents: SIMD2<Double>) -> (up: SIMD2<Double>, down: SIMD2<Double>) {
        let square = exponents * exponents
        var (even, odd) = (SIMD2<Double>(repeating: evenTerms[0]), SIMD2<Double>(repeating: oddTerms[0]))
        for term in 1..<8 {
            even = even * square + evenTerms[term]
            odd = odd * square + oddTerms[term]
        }
        odd *= exponents
        return (even + odd, even - odd)
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
