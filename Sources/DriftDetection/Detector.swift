/// A change detector of any kind over one scalar stream.
///
/// - Shape: scalar in, `Bool` out; the unit is that of the watched signal. Cost: that of the kind; allocates nothing.
/// - Values that are not finite, or beyond `largestMagnitude`, are ignored: they change nothing and report nothing.
public struct Detector: ~Copyable {
    /// The largest magnitude that is taken in. The sums and squares of values up to it keep their precision.
    public static let largestMagnitude = 1e15

    public let kind: DetectorKind
    var adwin: ADWIN
    var pageHinkley: PageHinkley
    var pageHinkleyMOA: PageHinkleyMOA
    var cusum: CUSUM
    var kswin: KSWIN
    var ddm: DDM
    var eddm: EDDM
    var hddmA: HDDMA
    var hddmW: HDDMW
    var rddm: RDDM
    var stepd: STEPD

    public init(_ configuration: DetectorConfiguration) {
        let kind = configuration.kind
        self.kind = kind
        let convention = kind.convention
        // Those that aren't of this kind take no memory of their own.
        let usesADWIN = kind == .adwin || kind == .adwinMOA
        let usesSTEPD = kind == .stepd || kind == .stepdMOA
        adwin = ADWIN(
            configuration.adwin, convention: convention, levelLimit: usesADWIN ? BucketWindow.largestLevelLimit : 0)
        pageHinkley = PageHinkley(configuration.pageHinkley)
        pageHinkleyMOA = PageHinkleyMOA(configuration.pageHinkley)
        cusum = CUSUM(configuration.cusum)
        kswin = KSWIN(configuration.kswin, isUsed: kind == .kswin)
        ddm = DDM(configuration.ddm)
        eddm = EDDM(configuration.eddm, convention: convention)
        hddmA = HDDMA(configuration.hddm, convention: convention)
        hddmW = HDDMW(configuration.hddm, convention: convention)
        rddm = RDDM(configuration.rddm, storedValues: kind == .rddm ? configuration.rddm.storedValues : 0)
        stepd = STEPD(
            configuration.stepd, convention: convention, window: usesSTEPD ? configuration.stepd.window : 0)
    }

    /// Takes the next value in.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        switch kind {
        case .adwin, .adwinMOA: adwin.update(value)
        case .pageHinkley: pageHinkley.update(value)
        case .pageHinkleyMOA: pageHinkleyMOA.update(value)
        case .cusum: cusum.update(value)
        case .kswin: kswin.update(value)
        case .ddm: ddm.update(value)
        case .eddm, .eddmMOA, .eddmFrouros: eddm.update(value)
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.update(value)
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.update(value)
        case .rddm: rddm.update(value)
        case .stepd, .stepdMOA: stepd.update(value)
        }
    }

    /// Whether the detector warns of a change that it doesn't report yet, as of the last value. Only detectors of errors
    /// warn.
    public var isWarning: Bool {
        switch kind {
        case .adwin, .adwinMOA, .pageHinkley, .pageHinkleyMOA, .cusum, .kswin: false
        case .ddm: ddm.isWarning
        case .eddm, .eddmMOA, .eddmFrouros: eddm.isWarning
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.isWarning
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.isWarning
        case .rddm: rddm.isWarning
        case .stepd, .stepdMOA: stepd.isWarning
        }
    }
}
