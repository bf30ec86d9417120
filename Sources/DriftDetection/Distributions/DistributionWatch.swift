internal import Records

/// Holds the distribution of one signal, numbers or categories, window by window, against that of a reference.
///
/// A value that isn't finite is missing. The bins' tests give the missing a bin of their own; for Kolmogorov-Smirnov
/// they stand above all numbers; Wasserstein moves present values only.
///
/// - Shape: scalar in, a verdict at each window's end. Unit: that of the signal. Cost: a value is written down; at a
///   window's end all are looked up in the reference, or sorted in place, which makes O(log reference) a value. Memory:
///   8 bytes for each value of the window and 16 for each of the reference (8 more where it is rolling), made at init;
///   allocates nothing after.
/// - Source: two-sample tests as `DistributionTest` names them. Neighbours that are alike count for fewer
///   (`VarianceInflation`, over the bins' numbers), as learned from the reference and from windows without a finding.
public struct DistributionWatch: ~Copyable {
    public let configuration: DistributionWatchConfiguration
    /// Sorted once it is whole.
    let reference: UnsafeMutableBufferPointer<Double>
    /// The values of a rolling reference in order of arrival, a ring; else empty.
    let ring: UnsafeMutableBufferPointer<Double>
    let current: UnsafeMutableBufferPointer<Double>
    /// Two rows of counts: the reference's and the last whole window's.
    let counts: UnsafeMutableBufferPointer<Double>
    let rowLength: Int
    /// For `KolmogorovSmirnov`; zeros, and for other tests empty.
    let tallies: UnsafeMutableBufferPointer<UInt32>
    var bins: SignalBins
    var filled = 0
    var oldest = 0
    var collected = 0
    var inflation = VarianceInflation()
    /// Of the reference: present values, their mean and standard deviation.
    var present = 0
    var mean = 0.0
    var deviation = 0.0

    /// Of the last whole window; nil before the first one.
    public internal(set) var verdict: DistributionVerdict?

    public init(_ configuration: DistributionWatchConfiguration = DistributionWatchConfiguration()) {
        self.init(configuration, referenceCount: configuration.reference.count)
    }

    /// With a reference that is known beforehand, from a file for example, in order of time.
    /// - Parameter sample: where the configuration's reference is rolling, it is the first one. How many the
    ///   configuration says doesn't count then. Of fewer than 2 values there's no watch.
    public init?(_ configuration: DistributionWatchConfiguration, reference sample: [Double]) {
        guard sample.count >= 2 else { return nil }
        self.init(configuration, referenceCount: sample.count)
        for value in sample { learn(Self.written(value)) }
    }

    private init(_ configuration: DistributionWatchConfiguration, referenceCount: Int) {
        configuration.check()
        self.configuration = configuration
        reference = .allocate(capacity: referenceCount)
        reference.initialize(repeating: 0)
        var isRolling = false
        if case .rolling = configuration.reference { isRolling = true }
        ring = .allocate(capacity: isRolling ? referenceCount : 0)
        ring.initialize(repeating: 0)
        current = .allocate(capacity: configuration.window)
        current.initialize(repeating: 0)
        rowLength = SignalBins.largestCount(configuration.kind)
        counts = .allocate(capacity: 2 * rowLength)
        counts.initialize(repeating: 0)
        bins = SignalBins(configuration.kind)
        tallies = .allocate(capacity: configuration.test == .kolmogorovSmirnov ? 2 * referenceCount + 1 : 0)
        tallies.initialize(repeating: 0)
    }

    deinit {
        reference.deallocate()
        ring.deallocate()
        current.deallocate()
        counts.deallocate()
        tallies.deallocate()
    }

    /// Whether the reference is whole.
    public var isReady: Bool { filled == reference.count }

    /// Takes the next value in.
    /// - Returns: true where a window ends at this very value: `verdict` is new.
    public mutating func observe(_ value: Double) -> Bool {
        let value = Self.written(value)
        guard isReady else {
            learn(value)
            return false
        }
        // Not at the window's end: the histograms of the verdict are asked for after it.
        if collected == 0 && ring.count > 0 && verdict != nil { roll() }
        current[collected] = value
        collected += 1
        guard collected == current.count else { return false }
        endWindow()
        return true
    }

    /// Forgets the reference, and learns one of the same size from the values to come: what was a finding becomes the
    /// rule.
    public mutating func learnAfresh() {
        (filled, collected, oldest) = (0, 0, 0)
        inflation = VarianceInflation()
        verdict = nil
    }

    /// Both histograms as of the last verdict; nil before the first one.
    public func histograms() -> HistogramPair? {
        guard verdict != nil else { return nil }
        return HistogramPair(edges: bins.upperEdges, reference: Array(row(0)), current: Array(row(1)))
    }

    /// Missing values are written as infinities.
    private static func written(_ value: Double) -> Double { value.isWatchable ? value : .infinity }

    private mutating func learn(_ value: Double) {
        reference[filled] = value
        if ring.count > 0 { ring[filled] = value }
        filled += 1
        guard isReady else { return }
        (present, mean, deviation) = Self.moments(UnsafeBufferPointer(reference))
        for value in reference { inflation.add(position(value)) }
        settle()
    }
}
