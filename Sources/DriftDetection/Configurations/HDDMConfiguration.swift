/// Parameters of `HDDMA` and `HDDMW`; the defaults are the paper's and those of all libraries.
public struct HDDMConfiguration: Sendable, Hashable {
    /// The chance of a false report that one test may have, in (0, 1).
    public var driftConfidence: Double
    /// The chance of a false warning that one test may have, in (0, 1).
    public var warningConfidence: Double
    /// What a new value is worth in the faded means of `HDDMW`, in (0, 1); `HDDMA` has none.
    public var fading: Double
    /// Whether a fall of the mean is reported, too. MOA's variants start afresh there, whatever stands here, and
    /// frouros' report rises only.
    public var isTwoSided: Bool
    /// Only frouros' variants: no change is reported before so many values.
    public var minimumValues: Int

    public init(
        driftConfidence: Double = 0.001, warningConfidence: Double = 0.005, fading: Double = 0.05,
        isTwoSided: Bool = false, minimumValues: Int = 30
    ) {
        self.driftConfidence = driftConfidence
        self.warningConfidence = warningConfidence
        self.fading = fading
        self.isTwoSided = isTwoSided
        self.minimumValues = minimumValues
    }
}
