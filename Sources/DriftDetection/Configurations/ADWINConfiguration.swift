/// Parameters of `ADWIN`; the defaults are river's, MOA's and the paper's.
public struct ADWINConfiguration: Sendable, Hashable {
    /// What a stream is watched with unless its settings say otherwise: looks more often than the libraries do, and asks
    /// for more confidence. Docs/Drift.md has the figures that it was chosen by.
    public static let recommended = ADWINConfiguration(delta: 0.0006, clock: 8)

    /// The confidence of a cut, in (0, 1): the smaller, the fewer false alarms.
    public var delta: Double
    /// Cuts are looked for once in so many values; at least 1.
    public var clock: Int
    /// Buckets of one size before two of them are merged (the paper's M); at least 2.
    public var maximumBuckets: Int
    /// The least values on either side of a cut; at least 1.
    public var minimumWindow: Int
    /// No cut is looked for while the window holds no more values than this; at least 0.
    public var gracePeriod: Int

    public init(
        delta: Double = 0.002, clock: Int = 32, maximumBuckets: Int = 5, minimumWindow: Int = 5, gracePeriod: Int = 10
    ) {
        self.delta = delta
        self.clock = clock
        self.maximumBuckets = maximumBuckets
        self.minimumWindow = minimumWindow
        self.gracePeriod = gracePeriod
    }
}
