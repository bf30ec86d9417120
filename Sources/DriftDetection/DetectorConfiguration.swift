/// The detectors, by the names that settings and drift records use.
public enum DetectorKind: String, CaseIterable, Sendable {
    /// `ADWIN`, as river has it.
    case adwin
    /// `PageHinkley`: two-sided, as river has it.
    case pageHinkley = "page-hinkley"
    /// `PageHinkleyMOA`: one-sided, as MOA, CapyMOA and frouros have it.
    case pageHinkleyMOA = "page-hinkley-moa"
}

/// Which detector, with which parameters. Those of the other kinds are ignored.
public struct DetectorConfiguration: Sendable, Hashable {
    public var kind: DetectorKind
    public var adwin: ADWINConfiguration
    public var pageHinkley: PageHinkleyConfiguration

    public init(
        kind: DetectorKind, adwin: ADWINConfiguration = ADWINConfiguration(),
        pageHinkley: PageHinkleyConfiguration = PageHinkleyConfiguration()
    ) {
        self.kind = kind
        self.adwin = adwin
        self.pageHinkley = pageHinkley
    }
}

/// Parameters of `ADWIN`; the defaults are river's and the paper's.
public struct ADWINConfiguration: Sendable, Hashable {
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

/// Parameters of `PageHinkley` and `PageHinkleyMOA`; the defaults are those of river, MOA and frouros.
public struct PageHinkleyConfiguration: Sendable, Hashable {
    /// Which changes of the mean are looked for. `PageHinkleyMOA` knows only `up`, whatever stands here.
    public enum Mode: String, CaseIterable, Sendable {
        case both, up, down
    }

    /// No change is reported before so many values; at least 1.
    public var minimumValues: Int
    /// The change of the mean that is tolerated, in the values' unit.
    public var delta: Double
    /// The excess from which a change is reported, in the values' unit; above 0.
    public var threshold: Double
    /// What is left of the sums at each value, in (0, 1].
    public var alpha: Double
    public var mode: Mode

    public init(
        minimumValues: Int = 30, delta: Double = 0.005, threshold: Double = 50, alpha: Double = 1 - 0.0001,
        mode: Mode = .both
    ) {
        self.minimumValues = minimumValues
        self.delta = delta
        self.threshold = threshold
        self.alpha = alpha
        self.mode = mode
    }
}
