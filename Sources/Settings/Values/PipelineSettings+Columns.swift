internal import Records

extension PipelineSettings {
    /// The columns of a table that stand for features that are numbers, by the feature's name.
    package var numberColumns: Set<String> {
        Set(
            features.filter { $0.kind == .number && $0.path == FeatureDeclaration(name: $0.name).path }.map(\.name))
    }
}
