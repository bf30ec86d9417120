/// One prediction with its truth, as the metrics see it.
struct Observation {
    /// Two classes: the positive one's probability. Several: that of the true class. Else the predicted value.
    var score: Double
    /// The true class's index, else the value.
    var label: Double
    var weight: Double
    /// The predicted class's index; 0 where there are none.
    var predicted: Int = 0
    /// Whether the label before would have been right.
    var lastLabelWasRight = false
}
