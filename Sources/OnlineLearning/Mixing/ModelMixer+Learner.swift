extension ModelMixer {
    /// Mixes what has come from the others into a linear model and the statistics that its inputs are scaled with.
    public mutating func mix(into model: inout Learner, _ features: inout FeatureEncoder) {
        guard let linear = model.linear else { return }
        mix(into: &linear.model, &features.columns)
    }

    /// What a linear model tells the others now.
    public mutating func fill(_ share: inout ModelShare, from model: borrowing Learner) {
        guard let linear = model.linear else { return }
        fill(&share, from: linear.model)
    }
}
