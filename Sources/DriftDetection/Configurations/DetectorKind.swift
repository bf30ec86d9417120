/// The detectors, by the names that settings and drift records use.
///
/// A plain name follows the paper, as river has it where river has one. `-moa` and `-frouros` name what those libraries
/// do differently; CapyMOA wraps MOA.
public enum DetectorKind: String, CaseIterable, Sendable {
    /// `ADWIN`: one report a change.
    case adwin
    /// `ADWIN`, which goes on reporting while it shrinks, and only of a rising mean.
    case adwinMOA = "adwin-moa"
    /// `PageHinkley`: two-sided.
    case pageHinkley = "page-hinkley"
    /// `PageHinkleyMOA`: one-sided, as MOA, CapyMOA and frouros have it.
    case pageHinkleyMOA = "page-hinkley-moa"
    /// `CUSUM`: one-sided.
    case cusum
    /// `KSWIN`: any change of the distribution, not only of the mean.
    case kswin
    /// `DDM`.
    case ddm
    /// `EDDM`, with the sample's deviation of the distances.
    case eddm
    /// `EDDM`, with the population's deviation.
    case eddmMOA = "eddm-moa"
    /// `EDDM`, with the population's deviation and one error less to begin with.
    case eddmFrouros = "eddm-frouros"
    /// `HDDMA`.
    case hddmA = "hddm-a"
    /// `HDDMA`, which starts afresh at a fall and doesn't report it.
    case hddmAMOA = "hddm-a-moa"
    /// `HDDMA`, with the one-sided bound, and silent for the first values.
    case hddmAFrouros = "hddm-a-frouros"
    /// `HDDMW`.
    case hddmW = "hddm-w"
    /// `HDDMW`, which starts afresh at a fall and doesn't report it.
    case hddmWMOA = "hddm-w-moa"
    /// `HDDMW`, whose means start at 0, and silent for the first values.
    case hddmWFrouros = "hddm-w-frouros"
    /// `RDDM`.
    case rddm
    /// `STEPD`.
    case stepd
    /// `STEPD`, which reports a stretch without errors, too.
    case stepdMOA = "stepd-moa"

    /// Whether the detector takes errors, 0 or 1 (or shares of them), and not values of any unit.
    public var watchesErrors: Bool {
        switch self {
        case .adwin, .adwinMOA, .pageHinkley, .pageHinkleyMOA, .cusum, .kswin: false
        case .ddm, .eddm, .eddmMOA, .eddmFrouros, .hddmA, .hddmAMOA, .hddmAFrouros: true
        case .hddmW, .hddmWMOA, .hddmWFrouros, .rddm, .stepd, .stepdMOA: true
        }
    }

    /// The library that the detector follows where libraries differ.
    var convention: Convention {
        switch self {
        case .adwinMOA, .pageHinkleyMOA, .eddmMOA, .hddmAMOA, .hddmWMOA, .stepdMOA: .moa
        case .eddmFrouros, .hddmAFrouros, .hddmWFrouros: .frouros
        default: .paper
        }
    }
}

/// Whose reading of a paper a detector follows.
public enum Convention: Sendable, Hashable {
    /// The paper's, and river's where river has the detector.
    case paper
    /// MOA's, which CapyMOA wraps.
    case moa
    case frouros
}
