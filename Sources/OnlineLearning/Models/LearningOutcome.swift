/// What came of one labelled record.
public struct LearningOutcome: Sendable, Equatable {
    public enum Result: Sendable, Equatable {
        /// The weights changed.
        case updated
        /// The record waits in a batch that isn't full.
        case pending
        /// The label or the update was not sound; the model is as it was.
        case refused
        /// No label, or weight 0: there was nothing to learn.
        case skipped
    }

    /// The loss of the model before it learned, the record's weight left out; 0 where there was no sound label.
    ///
    /// For a regression in the unit of the scaled target.
    public var loss: Double
    public var result: Result

    public init(loss: Double, result: Result) {
        self.loss = loss
        self.result = result
    }
}
