internal import Records

/// What is evaluated: a target without its classes' names.
enum EvaluatedTarget: Sendable, Equatable {
    case twoClasses
    case classes(Int)
    case values
    case anomalies

    init(_ target: Target) {
        self =
            switch target {
            case .binary: .twoClasses
            case .multiclass(let classes): .classes(classes.count)
            case .regression: .values
            case .unlabelled: .anomalies
            }
    }

    var hasClasses: Bool { classCount > 0 && self != .anomalies }

    /// Labels are below it; 0 where they are values.
    var classCount: Int {
        switch self {
        case .twoClasses, .anomalies: 2
        case .classes(let count): count
        case .values: 0
        }
    }

    /// The classes of a target of several; 0 for others.
    var manyClasses: Int { if case .classes(let count) = self { count } else { 0 } }

    var hasArea: Bool { self == .twoClasses || self == .anomalies }
}
