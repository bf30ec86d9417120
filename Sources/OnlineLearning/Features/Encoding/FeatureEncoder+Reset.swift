internal import Records

extension FeatureEncoder {
    /// Forgets the statistics that numbers are scaled with, and nothing else: what each column means stays.
    /// - Cost: O(columns); allocates.
    public mutating func resetScaling() {
        columns = FeatureScaler(features: configuration.columnFeatures, fading: configuration.fading)
        guard stepColumns.featureCount > 0,
            let steps = configuration.features.first(where: { if case .sequence = $0.kind { true } else { false } })
        else { return }
        stepColumns = FeatureScaler(
            features: [FeatureDeclaration](repeating: steps, count: stepColumns.featureCount),
            fading: configuration.fading)
    }
}
