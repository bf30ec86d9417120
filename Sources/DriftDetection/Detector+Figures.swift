extension Detector {
    /// What is compared with `threshold`; a change is reported where it is larger (by HDDM-A: where it isn't smaller).
    public var statistic: Double {
        switch kind {
        case .adwin, .adwinMOA: adwin.statistic
        case .pageHinkley: pageHinkley.statistic
        case .pageHinkleyMOA: pageHinkleyMOA.statistic
        case .cusum: cusum.statistic
        case .kswin: kswin.statistic
        case .ddm: ddm.statistic
        case .eddm, .eddmMOA, .eddmFrouros: eddm.statistic
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.statistic
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.statistic
        case .rddm: rddm.statistic
        case .stepd, .stepdMOA: stepd.statistic
        }
    }

    public var threshold: Double {
        switch kind {
        case .adwin, .adwinMOA: adwin.threshold
        case .pageHinkley: pageHinkley.threshold
        case .pageHinkleyMOA: pageHinkleyMOA.threshold
        case .cusum: cusum.threshold
        case .kswin: kswin.threshold
        case .ddm: ddm.threshold
        case .eddm, .eddmMOA, .eddmFrouros: eddm.threshold
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.threshold
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.threshold
        case .rddm: rddm.threshold
        case .stepd, .stepdMOA: stepd.threshold
        }
    }

    /// The mean of what the detector takes for the present concept (of EDDM: of the distance between errors); 0 before
    /// the first value.
    public var estimate: Double {
        switch kind {
        case .adwin, .adwinMOA: adwin.estimate
        case .pageHinkley: pageHinkley.estimate
        case .pageHinkleyMOA: pageHinkleyMOA.estimate
        case .cusum: cusum.estimate
        case .kswin: kswin.estimate
        case .ddm: ddm.estimate
        case .eddm, .eddmMOA, .eddmFrouros: eddm.estimate
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.estimate
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.estimate
        case .rddm: rddm.estimate
        case .stepd, .stepdMOA: stepd.estimate
        }
    }
}
