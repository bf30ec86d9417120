/// What the model says of one record, before it learns from it.
public struct Prediction: Sendable, Equatable {
    /// Binary: the positive class's probability. Multiclass: the predicted class's. Regression: the value, in the target's own
    /// unit. Without a target: how unusual the record is, the more the larger.
    public var score: Double
    /// The predicted class's index into the declared classes; -1 where there are none.
    public var classIndex: Int

    public init(score: Double, classIndex: Int) {
        self.score = score
        self.classIndex = classIndex
    }
}

/// What the record says is true.
public enum Label: Sendable, Equatable {
    case absent
    case classIndex(Int)
    case value(Double)

    /// The number that a loss is given: 0 or 1 for two classes, the value for a regression.
    public var target: Double? {
        switch self {
        case .absent: nil
        case .classIndex(let index): Double(index)
        case .value(let value): value
        }
    }
}
