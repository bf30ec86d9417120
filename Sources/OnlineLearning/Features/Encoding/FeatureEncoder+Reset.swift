extension FeatureEncoder {
    /// Forgets the statistics that numbers are scaled with, and nothing else: what each column means stays.
    /// - Cost: O(columns); allocates.
    public mutating func resetScaling() {
        columns = FeatureScaler(features: configuration.columnFeatures, fading: configuration.fading)
        sequence.resetScaling()
    }
}
