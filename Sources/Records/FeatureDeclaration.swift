/// One declared input of the model.
public struct FeatureDeclaration: Sendable, Hashable {
    public var name: String
    /// JSON Pointer (RFC 6901) into the record.
    public var path: String
    public var kind: FeatureKind
    /// For numbers, and for each value of a vector or of a sequence's steps; the other kinds aren't scaled.
    public var scaling: ScalingKind
    public var missing: MissingPolicy
    /// What stands for a missing value where the policy is `constant`, in the feature's own unit.
    public var constant: Float

    public init(
        name: String, path: String? = nil, kind: FeatureKind = .number, scaling: ScalingKind = .standard,
        missing: MissingPolicy = .mean, constant: Float = 0
    ) {
        self.name = name
        self.path = path ?? "/features/" + JSONPointer.escaped(name)
        self.kind = kind
        self.scaling = scaling
        self.missing = missing
        self.constant = constant
    }
}

/// How one feature is normalized, with statistics from before the record.
public enum ScalingKind: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case standard
    case minMax = "min-max"
    case maxAbs = "max-abs"
    case exponential
    case robust
    case none
}

/// What an absent or null feature becomes.
public enum MissingPolicy: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// The mean of what was seen so far (for min-max and max-abs too, for robust the median); 0 where nothing was.
    case mean
    /// The raw value 0.
    case zero
    /// A declared raw value.
    case constant
    /// As `mean`, and a column of its own that is 1 where the feature is missing and 0 where it isn't.
    case indicator
    /// The record goes to dead letters.
    case reject
}

public enum JSONPointer {
    /// `name` as one reference token: `~` becomes `~0`, `/` becomes `~1`.
    public static func escaped(_ name: String) -> String {
        var token = ""
        for character in name {
            switch character {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.append(character)
            }
        }
        return token
    }
}
