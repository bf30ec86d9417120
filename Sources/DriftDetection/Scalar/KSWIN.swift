public import Records

/// The Kolmogorov-Smirnov test between the newest values of a window and as many that are drawn from the older ones.
///
/// - Shape: scalar in, `Bool` out. Unit: that of the watched value. Cost: O(window); memory five words a value of the
///   window and the generator's 5 kB, made at init; allocates nothing after.
/// - Source: Raab, Heusinger and Schleif, Reactive soft prototype computing for concept drift streams, Neurocomputing 416
///   (2020); the exact p of two samples of one size: Hodges, Arkiv för Matematik 3 (1958). Agrees with river 0.26, value
///   for value, draws included: the generator is Python's, and it and the window start anew after a report.
public struct KSWIN: ~Copyable, Checkpointable {
    private let configuration: KSWINConfiguration
    private var window: SortedWindow
    private var draw: SampleDraw
    private var generator: MersenneTwister
    private let sides: UnsafeMutablePointer<Int8>
    /// The least difference of counts that is reported.
    private let critical: Int
    private var difference = 0
    private var hasReported = false

    public init(_ configuration: KSWINConfiguration = KSWINConfiguration()) { self.init(configuration, isUsed: true) }

    /// - Parameter isUsed: false for one that takes no memory for a window.
    init(_ configuration: KSWINConfiguration, isUsed: Bool) {
        precondition(configuration.alpha > 0 && configuration.alpha < 1, "KSWIN's alpha lies between 0 and 1")
        precondition(
            (1...KSWINConfiguration.largestSample).contains(configuration.sample)
                && configuration.window >= 2 * configuration.sample, "KSWIN's window holds two of its samples")
        self.configuration = configuration
        let (size, sample) = isUsed ? (configuration.window, configuration.sample) : (0, 0)
        window = SortedWindow(capacity: size)
        draw = SampleDraw(population: size - sample, size: sample)
        generator = MersenneTwister(seed: configuration.seed, isUsed: isUsed)
        sides = .allocate(capacity: size)
        sides.initialize(repeating: 0, count: size)
        critical = EqualSamples.critical(alpha: configuration.alpha, size: sample)
    }

    deinit { sides.deallocate() }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported {
            window.removeAll()
            generator.startAnew()
            (difference, hasReported) = (0, false)
        }
        window.append(value)
        guard window.isFull else { return false }
        markSides()
        difference = window.largestDifference(of: sides)
        hasReported = difference >= critical
        return hasReported
    }

    /// Every place of the window's ring: -1 for a newest value, 1 for a drawn one, else 0.
    private mutating func markSides() {
        let older = draw.population
        for index in 0..<configuration.window { sides[window.place(index)] = index < older ? 0 : -1 }
        draw.draw(&generator) { sides[window.place($0)] = 1 }
    }

    /// The largest difference between the two samples' distribution functions; 0 before the window is full.
    public var statistic: Double { Double(difference) / Double(configuration.sample) }

    /// The largest difference that is not reported.
    public var threshold: Double { Double(critical - 1) / Double(configuration.sample) }

    /// The mean of the window; 0 while it is empty.
    public var estimate: Double { window.mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(difference), hasReported ? 1 : 0])
        window.save(to: &archive, under: prefix)
        generator.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 2)
        guard counters[0] <= configuration.sample else {
            throw .impossible(name: "\(prefix)/counters", reason: "a difference of more than all values")
        }
        try generator.restore(from: archive, under: prefix)
        try window.restore(from: archive, under: prefix)
        (difference, hasReported) = (counters[0], counters[1] != 0)
    }
}
