/// What the model predicts.
public enum Target: Sendable, Hashable {
    /// Two classes; the last one is the positive one, and a score is its probability.
    case binary(classes: [ClassName])
    /// Two or more classes; a prediction has a probability for each.
    case multiclass(classes: [ClassName])
    case regression
    /// Nothing that a label could tell: the model learns what is usual, and a score says how unusual a record is.
    case unlabelled

    /// The declared classes; empty where there are none.
    public var classes: [ClassName] {
        switch self {
        case .binary(let classes), .multiclass(let classes): classes
        case .regression, .unlabelled: []
        }
    }

    public var isForClasses: Bool { !classes.isEmpty }
}

/// A class as the JSON scalar that stands for it: 1 is 1.0, true is only true, "1" is not 1.
public enum ClassName: Sendable, Hashable, CustomStringConvertible {
    case text(String)
    /// With the number's own spelling, which is what predictions are written with.
    case number(Double, spelling: String)
    case boolean(Bool)

    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): a == b
        case (.number(let a, _), .number(let b, _)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .text(let text): hasher.combine(text)
        case .number(let number, _): hasher.combine(number)
        case .boolean(let boolean): hasher.combine(boolean)
        }
    }

    public var description: String {
        switch self {
        case .text(let text): text
        case .number(_, let spelling): spelling
        case .boolean(let boolean): boolean ? "true" : "false"
        }
    }
}
