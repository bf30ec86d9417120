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

    @inline(__always)
    var hasClasses: Bool {
        switch self {
        case .twoClasses, .classes: true
        case .values, .anomalies: false
        }
    }

    /// Whether the observation says how sure the prediction was.
    @inline(__always)
    func hasConfidence(of seen: Observation) -> Bool {
        switch self {
        case .twoClasses: true
        case .classes: seen.hasProbabilities
        case .values, .anomalies: false
        }
    }

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

    @inline(__always)
    var hasArea: Bool {
        switch self {
        case .twoClasses, .anomalies: true
        case .classes, .values: false
        }
    }
}
