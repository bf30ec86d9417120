/// Which detector, with which parameters. Those of the other kinds are ignored.
public struct DetectorConfiguration: Sendable, Hashable {
    public var kind: DetectorKind
    public var adwin: ADWINConfiguration
    public var pageHinkley = PageHinkleyConfiguration()
    public var cusum = CUSUMConfiguration()
    public var kswin = KSWINConfiguration()
    public var ddm = DDMConfiguration()
    public var eddm = EDDMConfiguration()
    /// Of `HDDMA` and `HDDMW`.
    public var hddm = HDDMConfiguration()
    public var rddm = RDDMConfiguration()
    public var stepd = STEPDConfiguration()

    /// The given kind with its library's defaults; `adwin` with ours.
    public init(kind: DetectorKind) {
        self.kind = kind
        adwin = kind == .adwinMOA ? ADWINConfiguration() : .recommended
    }

    /// The given kind with these defaults, changed by `adjust`.
    public init(kind: DetectorKind, adjust: (inout DetectorConfiguration) -> Void) {
        self.init(kind: kind)
        adjust(&self)
    }
}
