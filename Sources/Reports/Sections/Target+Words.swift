internal import Records

extension Target {
    /// As the settings say it.
    var word: String {
        switch self {
        case .binary(let classes): "binary: \(classes.map(\.description).joined(separator: ", "))"
        case .multiclass(let classes): "multiclass: \(classes.count) classes"
        case .regression: "regression"
        case .unlabelled: "none"
        }
    }
}
