/// Parameters of `RDDM`; the defaults are the paper's and MOA's.
public struct RDDMConfiguration: Sendable, Hashable {
    /// Nothing is looked at before so many values; at least 1.
    public var minimumValues: Int
    /// How many deviations above its least the error rate is where it warns; above 0.
    public var warningLevel: Double
    /// How many deviations above its least the error rate is where it reports; above 0.
    public var driftLevel: Double
    /// The values of a concept after which the statistics are made anew from the stored ones; at least 1.
    public var longestConcept: Int
    /// The values that are stored, and that a concept is made anew from; at least 1.
    public var storedValues: Int
    /// The values after which a warning becomes a report; at least 1.
    public var longestWarning: Int

    public init(
        minimumValues: Int = 129, warningLevel: Double = 1.773, driftLevel: Double = 2.258,
        longestConcept: Int = 40_000, storedValues: Int = 7000, longestWarning: Int = 1400
    ) {
        self.minimumValues = minimumValues
        self.warningLevel = warningLevel
        self.driftLevel = driftLevel
        self.longestConcept = longestConcept
        self.storedValues = storedValues
        self.longestWarning = longestWarning
    }
}
