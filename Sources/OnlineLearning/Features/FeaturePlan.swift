internal import Records

/// How one column's values are scaled and filled in.
struct FeaturePlan {
    var scaling: ScalingKind
    /// The raw value of a missing one; NaN where it is the mean.
    var filling: Double
    /// Among the sketches of the robust scaling; -1 for the others.
    var sketch: Int

    init(_ feature: FeatureDeclaration, sketch: Int) {
        scaling = feature.scaling
        filling =
            switch feature.missing {
            case .zero: 0
            case .constant: Double(feature.constant)
            case .mean, .indicator, .reject: .nan
            }
        self.sketch = sketch
    }

    /// Whether `StandardBlock` can take it.
    var isUsual: Bool { scaling == .standard && filling.isNaN }
}
