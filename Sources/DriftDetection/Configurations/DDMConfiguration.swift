/// Parameters of `DDM`; the defaults are the paper's and river's.
public struct DDMConfiguration: Sendable, Hashable {
    /// Nothing is looked at before more values than this; at least 0.
    public var minimumValues: Int
    /// How many deviations above its least the error rate is where it warns; above 0.
    public var warningLevel: Double
    /// How many deviations above its least the error rate is where it reports; above 0.
    public var driftLevel: Double

    public init(minimumValues: Int = 30, warningLevel: Double = 2, driftLevel: Double = 3) {
        self.minimumValues = minimumValues
        self.warningLevel = warningLevel
        self.driftLevel = driftLevel
    }
}
