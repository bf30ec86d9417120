/// The metrics of the records that are in one segment: of one value of a declared category.
public struct SegmentValues: Sendable, Equatable {
    /// Of the declared values; nil for all that have no metrics of their own.
    public var index: Int?
    /// The baseline of the accuracy beyond the last label is the last label of the whole stream.
    public var values: MetricValues
}
