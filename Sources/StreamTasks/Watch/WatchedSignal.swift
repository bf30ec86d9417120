internal import DriftDetection
internal import Settings

/// One signal as the alert desk has it: where its values come from, what holds them against what they were, and what people
/// call it.
struct WatchedSignal {
    /// What keeps its state, by its place among those of its kind.
    enum Keeper: Equatable {
        case evidence(Int)
        case distribution(Int)
        case detector(Int)
        case joint(Int)
        case exceedance(Int)
    }

    var source: SignalSource
    var keeper: Keeper
    /// As drift records call it: `loss`, `feature.price`, `missing.price`.
    var name: String
    /// The feature that it is about.
    var feature: String?
    /// The word of the settings.
    var detector: String
    /// How many records one value stands for.
    var recordsPerValue: Int
    /// The record's own unit of effect, where that isn't the keeper's.
    var check: QualityCheck?
    var minimumEffect: Double?
    /// Whether it says that what was learned may no longer hold.
    var isOfConcept: Bool
    /// Whether what is missing, or none of the declared categories, is a signal of its own, and so not this one's affair.
    var skipsMissing = false
    var skipsUndeclared = false
    /// Of one value a window: 1 where evidence runs on with every value.
    var recordsPerLook: Int
}
