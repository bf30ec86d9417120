/// One point of a calibration curve: the records whose probability lies in one of equal steps.
public struct CalibrationBin: Sendable, Equatable {
    /// The step's borders; the lower one belongs to the step before.
    public var lower: Double
    public var upper: Double
    /// Of the records, together.
    public var weight: Double
    /// Mean of what was said.
    public var probability: Double
    /// How often it was so.
    public var share: Double
}
