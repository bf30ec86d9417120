internal import Records

/// How one feature's values are scaled and filled in.
struct FeaturePlan {
    var scaling: ScalingKind
    /// Else a missing value is a raw 0.
    var meanForMissing: Bool
}
