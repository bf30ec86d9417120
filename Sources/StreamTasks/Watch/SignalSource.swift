/// Where a signal's values come from.
enum SignalSource: Equatable {
    case loss
    case error
    /// One of the evaluation's metrics, by its name; one value a window.
    case metric(String)
    case score
    /// Of a target with more than two classes.
    case predictedClass
    /// Of a label that came by itself, in seconds.
    case labelDelay
    /// By its place among the numbers.
    case number(Int)
    /// By its place in `CategoryTable`.
    case category(Int)
    /// Several columns of a row together.
    case features
    /// A mean over a block of records, by its place among the values of `QualityCounters`.
    case quality(Int)
}
