public import Records

/// A change detector of any kind over one scalar stream.
///
/// - Shape: scalar in, `Bool` out; the unit is that of the watched signal. Cost: that of the kind; allocates nothing.
/// - Values that are not finite, or beyond `largestMagnitude`, are ignored: they change nothing and report nothing.
public struct Detector: ~Copyable, Checkpointable {
    /// The largest magnitude that is taken in. The sums and squares of values up to it keep their precision.
    public static let largestMagnitude = 1e15

    public let kind: DetectorKind
    private var adwin: ADWIN
    private var pageHinkley: PageHinkley
    private var pageHinkleyMOA: PageHinkleyMOA

    public init(_ configuration: DetectorConfiguration) {
        kind = configuration.kind
        // One that isn't of this kind takes no memory.
        adwin = ADWIN(configuration.adwin, levelLimit: kind == .adwin ? BucketWindow.largestLevelLimit : 0)
        pageHinkley = PageHinkley(configuration.pageHinkley)
        pageHinkleyMOA = PageHinkleyMOA(configuration.pageHinkley)
    }

    /// Takes the next value in.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        switch kind {
        case .adwin: adwin.update(value)
        case .pageHinkley: pageHinkley.update(value)
        case .pageHinkleyMOA: pageHinkleyMOA.update(value)
        }
    }

    /// What is compared with `threshold`; a change is reported where it is larger.
    public var statistic: Double {
        switch kind {
        case .adwin: adwin.statistic
        case .pageHinkley: pageHinkley.statistic
        case .pageHinkleyMOA: pageHinkleyMOA.statistic
        }
    }

    public var threshold: Double {
        switch kind {
        case .adwin: adwin.threshold
        case .pageHinkley: pageHinkley.threshold
        case .pageHinkleyMOA: pageHinkleyMOA.threshold
        }
    }

    /// The mean of what the detector takes for the present concept; 0 before the first value.
    public var estimate: Double {
        switch kind {
        case .adwin: adwin.estimate
        case .pageHinkley: pageHinkley.estimate
        case .pageHinkleyMOA: pageHinkleyMOA.estimate
        }
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        switch kind {
        case .adwin: adwin.save(to: &archive, under: prefix)
        case .pageHinkley: pageHinkley.save(to: &archive, under: prefix)
        case .pageHinkleyMOA: pageHinkleyMOA.save(to: &archive, under: prefix)
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        switch kind {
        case .adwin: try adwin.restore(from: archive, under: prefix)
        case .pageHinkley: try pageHinkley.restore(from: archive, under: prefix)
        case .pageHinkleyMOA: try pageHinkleyMOA.restore(from: archive, under: prefix)
        }
    }
}

extension Double {
    /// Whether a detector takes this value in; false for NaN and the infinities.
    var isWatchable: Bool { magnitude <= Detector.largestMagnitude }
}
