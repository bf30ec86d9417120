internal import Glibc
internal import Records

/// An e-detector: evidence against "the mean is what it was", that may be looked at after every value.
///
/// Eight bets run side by side, on a rise or a fall of the mean by a quarter to seven tenths of a standard deviation. A
/// bet's capital is multiplied by exp(bet × value) / its mean over the reference, and starts again at 1 when it is
/// below (the CUSUM recursion); the reference is learned from the stream itself, up to the newest block without
/// suspicion. While the reference is true, the capital's mean is at most the number of values since the start, whenever
/// one looks: so the mean run up to a false alarm is at least 1 / `falseAlarmRate`.
///
/// Two things keep that honest on real streams. A reference of N values isn't the truth: the evidence of a run of n
/// values is divided by 1 + 2n / N. And neighbouring values aren't independent: it is divided by `VarianceInflation`.
///
/// - Shape: scalar in, `Bool` out. Unit: any; the scale is learned from the first hundred values. Cost: O(1), without
///   an exponential or a logarithm a value; allocates nothing.
/// - Source: Shin, Ramdas and Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
///   England Journal of Statistics in Data Science 2 (2024); Page, Biometrika 41 (1954). The learned reference, its
///   discount and the block of values that waits are our own.
public struct EDetector: Sendable {
    /// Values from which centre and scale are learned.
    static let scaleValues: UInt64 = 100
    /// Values that are let into the reference at once.
    private static let block = 64.0
    /// A block waits while there is suspicion, but not for ever: else a reference that is a little off would stay so.
    private static let longestWait = 256.0
    /// The capital's shares: most of it on shifts that need long to be seen; a large one is seen soon anyway.
    private static let shares = SIMD4<Double>(0.25, 0.42, 0.25, 0.08)

    let configuration: EDetectorConfiguration
    private let shareLogs: SIMD8<Double>
    /// The evidence from which a change is reported: the logarithm of 1 / `falseAlarmRate`.
    public let threshold: Double

    var first = ScalarWindow()
    /// The scale is learned a second time where the first values weren't like the others.
    var hasLearnedScaleAgain = false
    /// 0 until they are learned.
    var center = 0.0
    var scale = 0.0
    var reference = TiltedReference()
    var inflation = VarianceInflation()
    /// As of the last block that was let in.
    var inflated = 1.0
    var prices = SIMD8<Double>.zero
    /// Of each bet: the logarithm of its capital, the values since it started, and their sum.
    var capital = SIMD8<Double>.zero
    var runs = SIMD8<Double>.zero
    var sums = SIMD8<Double>.zero
    var hasReported = false

    /// The logarithm of the e-value of the newest run, natural; 0 or less means none. Not a number of standard errors:
    /// `threshold` says what is much.
    @inline(__always)
    public var evidence: Double { runs[0] > 0 ? evidences.largest : 0 }

    /// Whether the evidence is at least so much. It is never more than the capital, which is most often too little.
    ///
    /// Mutating, though it changes nothing: else the whole detector would be copied for the question.
    @inline(__always)
    mutating func reaches(_ level: Double) -> Bool { max(capital.largest, 0) >= level && evidence >= level }

    public init(_ configuration: EDetectorConfiguration = EDetectorConfiguration()) {
        precondition(configuration.falseAlarmRate > 0 && configuration.falseAlarmRate < 1)
        precondition(configuration.warmUp >= EDetectorConfiguration.leastWarmUp)
        self.configuration = configuration
        threshold = -log(configuration.falseAlarmRate)
        shareLogs = Self.shareLogs(configuration.direction)
    }

    private static func shareLogs(_ direction: EDetectorConfiguration.Direction) -> SIMD8<Double> {
        var logs = SIMD8<Double>(repeating: -Double.infinity)
        for lane in 0..<4 {
            let share = direction == .both ? shares[lane] / 2 : shares[lane]
            if direction != .down { logs[lane] = log(share) }
            if direction != .up { logs[lane + 4] = log(share) }
        }
        return logs
    }

    /// Takes the next value in, and starts afresh with the value after a report. One that is not finite or beyond
    /// `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { startAfresh() }
        observe(value)
        hasReported = reaches(threshold)
        return hasReported
    }

    /// Takes the next value in and leaves it to the caller what `evidence` is enough. One that is not finite or beyond
    /// `Detector.largestMagnitude` changes nothing.
    public mutating func observe(_ value: Double) {
        guard value.isWatchable else { return }
        guard scale > 0 else { return learnScale(value) }
        let distance = ((value - center) / scale).clamped(to: TiltedReference.largest)
        if isReady { bet(on: distance) }
        learn(distance)
    }

    /// Forgets everything: scale and reference are learned from the values to come.
    public mutating func startAfresh() { self = EDetector(configuration) }

    /// Whether enough of the stream has been seen to report changes.
    public var isReady: Bool {
        scale > 0 && reference.count >= Double(configuration.warmUp) - Double(Self.scaleValues)
    }

    private mutating func learnScale(_ value: Double) {
        first.add(value)
        guard first.count >= Self.scaleValues, let mean = first.mean, let deviation = first.deviation else { return }
        center = mean
        // Where nothing varies, whatever differs is far out.
        scale = max(deviation, 1e-12 * mean.magnitude, 1e-12)
    }

    @inline(__always)
    private mutating func bet(on distance: Double) {
        let isSpent = capital .<= 0
        capital.replace(with: 0, where: isSpent)
        runs.replace(with: 0, where: isSpent)
        sums.replace(with: 0, where: isSpent)
        capital += TiltedReference.bets * distance - prices
        runs += 1
        sums += distance
    }

    /// Of each bet, discounted for what isn't known about the reference, and by the bet's share.
    @inline(__always)
    private var evidences: SIMD8<Double> {
        capital / (inflated * (1 + runs * (2 / reference.count))) + shareLogs
    }

    @inline(__always)
    private mutating func learn(_ distance: Double) {
        reference.add(distance)
        inflation.add(distance)
        guard reference.waiting >= Self.block else { return }
        guard !reaches(0.6 * threshold) || reference.waiting >= Self.longestWait else { return }
        reference.letIn()
        prices = reference.prices
        inflated = inflation.estimate
        if isReady && isScaleMisled { learnScaleAgain() }
    }

    /// Whether the first values varied, and far more than those that came after them.
    private var isScaleMisled: Bool {
        !hasLearnedScaleAgain && scale == first.deviation && reference.plainDeviation < 1.0 / 64
    }

    /// One outlier among the first values would blind the detector for good.
    private mutating func learnScaleAgain() {
        startAfresh()
        hasLearnedScaleAgain = true
    }

    /// Since when and by how much, as of the newest value; nil before the first bet.
    public var shift: ShiftEstimate? {
        guard isReady else { return nil }
        let evidences = evidences
        var best = 0
        for lane in 1..<8 where evidences[lane] > evidences[best] { best = lane }
        guard runs[best] > 0 else { return nil }
        return ShiftEstimate(
            values: UInt64(runs[best]), before: center + scale * reference.mean,
            after: center + scale * sums[best] / runs[best], deviation: scale * reference.deviation)
    }

    /// The reference's mean in the signal's unit; 0 before there is one.
    public var estimate: Double { scale > 0 ? center + scale * reference.mean : 0 }
}

extension SIMD8<Double> {
    /// Of the eight lanes; halves at a time, where `max` goes lane by lane.
    @inline(__always)
    fileprivate var largest: Double {
        let four = highHalf.replacing(with: lowHalf, where: lowHalf .> highHalf)
        let two = four.highHalf.replacing(with: four.lowHalf, where: four.lowHalf .> four.highHalf)
        return two[0] > two[1] ? two[0] : two[1]
    }
}

extension Double {
    @inline(__always)
    fileprivate func clamped(to largest: Double) -> Double { Swift.min(Swift.max(self, -largest), largest) }
}
