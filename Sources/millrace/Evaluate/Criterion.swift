internal import ArgumentParser
internal import Records
internal import StreamTasks

/// By what pipelines are compared, record by record.
enum Criterion: String, ExpressibleByArgument, CaseIterable {
    case logLoss = "log-loss"
    case accuracy
    case absoluteError = "absolute-error"

    /// The one that says most about a target; nil where no record tells which prediction was better.
    static func suited(to target: Target) -> Criterion? {
        switch target {
        case .binary, .multiclass: .logLoss
        case .regression: .absoluteError
        case .unlabelled: nil
        }
    }

    func suits(_ target: Target) -> Bool {
        switch self {
        case .logLoss, .accuracy: target.isForClasses
        case .absoluteError: target == .regression
        }
    }

    var words: String {
        switch self {
        case .logLoss: "log loss"
        case .accuracy: "accuracy"
        case .absoluteError: "absolute error"
        }
    }

    /// Both losses of one record; nil where there is none to compare.
    func losses(_ first: Judgement, _ second: Judgement) -> (first: Double, second: Double)? {
        let losses = self == .logLoss ? (first.logLoss, second.logLoss) : (first.error, second.error)
        guard let one = losses.0, let other = losses.1 else { return nil }
        return (one, other)
    }

    /// The largest difference of two losses that counts in full; nil where only the data tell what is large.
    ///
    /// Of the log loss it is that between a certain hit and a miss of one in 150: one absurdly sure mistake mustn't decide.
    var bound: Double? {
        switch self {
        case .logLoss: 5
        case .accuracy: 1
        case .absoluteError: nil
        }
    }
}
