/// One declared input of the model.
public struct FeatureDeclaration: Sendable, Hashable {
    public var name: String
    /// JSON Pointer (RFC 6901) into the record.
    public var path: String
    public var scaling: ScalingKind
    public var missing: MissingPolicy

    public init(
        name: String, path: String? = nil, scaling: ScalingKind = .standard, missing: MissingPolicy = .mean
    ) {
        self.name = name
        self.path = path ?? "/features/" + JSONPointer.escaped(name)
        self.scaling = scaling
        self.missing = missing
    }
}

/// How one feature is normalized, with statistics from before the record.
public enum ScalingKind: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case standard
    case minMax = "min-max"
    case maxAbs = "max-abs"
    case exponential
    case none
}

/// What an absent or null feature becomes.
public enum MissingPolicy: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// The mean of what was seen so far (for min-max and max-abs too); 0 where nothing was.
    case mean
    /// The raw value 0.
    case zero
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
