internal import Records

/// What a value of a signal goes through, record by record: numbers alone. Names stay in `WatchedSignal`.
struct RecordSignal {
    /// Where the value comes from; with `column` what `SignalSource` says.
    enum Value: UInt8 {
        case loss, error, labelDelay, score, predictedClass, number, category
        /// Handed over at the end of a block or a window.
        case given
    }

    enum Keeper: UInt8 {
        case evidence, distribution, detector, exceedance
        /// Takes rows, and no values.
        case joint
    }

    var value: Value
    var keeper: Keeper
    /// Whether what is missing, or none of the declared categories, is left to another signal.
    var skipsMissing: Bool
    var skipsUndeclared: Bool
    /// Among the desk's signals.
    var signal: Int
    /// Among the keepers of its kind.
    var place: Int
    /// Among the numbers or the categories.
    var column: Int

    init(_ signal: WatchedSignal, at index: Int) {
        self.signal = index
        (skipsMissing, skipsUndeclared) = (signal.skipsMissing, signal.skipsUndeclared)
        (keeper, place) =
            switch signal.keeper {
            case .evidence(let place): (.evidence, place)
            case .distribution(let place): (.distribution, place)
            case .detector(let place): (.detector, place)
            case .joint(let place): (.joint, place)
            case .exceedance(let place): (.exceedance, place)
            }
        (value, column) =
            switch signal.source {
            case .loss: (.loss, 0)
            case .error: (.error, 0)
            case .labelDelay: (.labelDelay, 0)
            case .score: (.score, 0)
            case .predictedClass: (.predictedClass, 0)
            case .number(let column): (.number, column)
            case .category(let column): (.category, column)
            case .metric, .quality, .features: (.given, 0)
            }
    }

    /// Whether a label that comes by itself has a value for it.
    var isOfLabels: Bool {
        switch value {
        case .loss, .error, .labelDelay: true
        case .score, .predictedClass, .number, .category, .given: false
        }
    }

    /// What the record says; nil where it says nothing, NaN where the value is missing.
    @inline(__always)
    func value(of seen: Observation) -> Double? {
        switch value {
        case .loss: seen.loss
        case .error: seen.error
        case .labelDelay: seen.delaySeconds
        case .score: seen.prediction.score
        case .predictedClass: Double(seen.prediction.classIndex)
        case .number, .category, .given: nil
        }
    }
}

/// Signals that take one record in so many.
struct RecordSignals {
    var every: UInt64
    var signals: [RecordSignal]

    /// - Parameter every: of each signal.
    static func grouped(_ signals: [(signal: RecordSignal, every: UInt64)]) -> [RecordSignals] {
        Set(signals.map(\.every)).sorted().map { every in
            RecordSignals(every: every, signals: signals.filter { $0.every == every }.map(\.signal))
        }
    }
}

/// A signal of the data's quality, which has one value a block.
struct BlockSignal {
    var signal: RecordSignal
    var value: QualityValue
    /// Among the values of `QualityCounters`.
    var place: Int
    /// What is added to its values and taken off them, by turns.
    var jitter: Double
}
