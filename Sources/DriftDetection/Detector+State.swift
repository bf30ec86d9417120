public import Records

extension Detector: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        switch kind {
        case .adwin, .adwinMOA: adwin.save(to: &archive, under: prefix)
        case .pageHinkley: pageHinkley.save(to: &archive, under: prefix)
        case .pageHinkleyMOA: pageHinkleyMOA.save(to: &archive, under: prefix)
        case .cusum: cusum.save(to: &archive, under: prefix)
        case .kswin: kswin.save(to: &archive, under: prefix)
        case .ddm: ddm.save(to: &archive, under: prefix)
        case .eddm, .eddmMOA, .eddmFrouros: eddm.save(to: &archive, under: prefix)
        case .hddmA, .hddmAMOA, .hddmAFrouros: hddmA.save(to: &archive, under: prefix)
        case .hddmW, .hddmWMOA, .hddmWFrouros: hddmW.save(to: &archive, under: prefix)
        case .rddm: rddm.save(to: &archive, under: prefix)
        case .stepd, .stepdMOA: stepd.save(to: &archive, under: prefix)
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        switch kind {
        case .adwin, .adwinMOA: try adwin.restore(from: archive, under: prefix)
        case .pageHinkley: try pageHinkley.restore(from: archive, under: prefix)
        case .pageHinkleyMOA: try pageHinkleyMOA.restore(from: archive, under: prefix)
        case .cusum: try cusum.restore(from: archive, under: prefix)
        case .kswin: try kswin.restore(from: archive, under: prefix)
        case .ddm: try ddm.restore(from: archive, under: prefix)
        case .eddm, .eddmMOA, .eddmFrouros: try eddm.restore(from: archive, under: prefix)
        case .hddmA, .hddmAMOA, .hddmAFrouros: try hddmA.restore(from: archive, under: prefix)
        case .hddmW, .hddmWMOA, .hddmWFrouros: try hddmW.restore(from: archive, under: prefix)
        case .rddm: try rddm.restore(from: archive, under: prefix)
        case .stepd, .stepdMOA: try stepd.restore(from: archive, under: prefix)
        }
    }
}
