#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
internal import Records

/// What stands between a network's raw outputs and its target: labels become numbers, outputs become predictions and losses.
struct NetworkTarget {
    let loss: NetworkLoss
    let outputs: Int
    let scaling: ScalingKind
    let huberDelta: Double
    /// What a regression's target is scaled with: statistics from before the record.
    var statistics = FeatureStatistics()

    /// - Parameter target: with classes, or a regression.
    init(_ target: Target, loss: NetworkLoss?, scaling: ScalingKind, huberDelta: Double) {
        switch target {
        case .binary: (self.loss, outputs) = (.logistic, 1)
        case .multiclass(let classes): (self.loss, outputs) = (.crossEntropy, classes.count)
        case .regression: (self.loss, outputs) = (loss == .huber ? .huber : .squared, 1)
        case .unlabelled: preconditionFailure("a network of this kind learns from labels")
        }
        self.scaling = scaling
        self.huberDelta = huberDelta
    }

    private var isRegression: Bool { loss == .squared || loss == .huber }

    /// The number that the loss is given; nil for a label that can't be.
    @inline(__always)
    func number(of label: Double) -> Double? {
        if isRegression {
            guard abs(label) <= Double(Float.greatestFiniteMagnitude) else { return nil }
            return scaling.scale(label, statistics)
        }
        return isNumber(label) ? label : nil
    }

    /// Whether the loss can be given this: a class's index, or a scaled value.
    func isNumber(_ number: Double) -> Bool {
        if isRegression { return abs(number) <= ScalingKind.largestScaled }
        return number >= 0 && number < Double(max(outputs, 2)) && number == number.rounded(.down)
    }

    /// Takes a sound label into the statistics.
    @inline(__always)
    mutating func update(with label: Double) {
        if isRegression { scaling.update(&statistics, with: label) }
    }

    /// Finite, whatever the outputs are.
    @inline(__always)
    func prediction(_ raw: UnsafePointer<Float>, _ probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        switch loss {
        case .squared, .huber:
            let value = scaling.unscale(finite(raw[0]), statistics)
            return Prediction(score: value.isFinite ? value : statistics.mean, classIndex: -1)
        case .logistic:
            let probability = LogisticLoss.probability(margin: finite(raw[0]))
            if probabilities.count == 2 {
                probabilities[0] = Float(1 - probability)
                probabilities[1] = Float(probability)
            }
            return Prediction(score: probability, classIndex: raw[0] > 0 ? 1 : 0)
        case .crossEntropy:
            let (best, logSum) = normalizer(raw)
            for index in 0..<min(outputs, probabilities.count) {
                probabilities[index] = Float(exp(finite(raw[index]) - logSum))
            }
            return Prediction(score: exp(finite(raw[best]) - logSum), classIndex: best)
        }
    }

    /// The loss of one record's outputs.
    @inline(__always)
    func value(_ raw: UnsafePointer<Float>, _ number: Double) -> Double {
        let margin = Double(raw[0])
        switch loss {
        case .squared: return SquaredLoss.value(margin: margin, target: number)
        case .huber: return HuberLoss.value(margin: margin, target: number, delta: huberDelta)
        case .logistic: return LogisticLoss.value(margin: margin, target: number)
        case .crossEntropy: return normalizer(raw).logSum - Double(raw[Int(number)])
        }
    }

    /// The loss's slopes at the outputs, times `factor`.
    @inline(__always)
    func writeSlopes(
        _ raw: UnsafePointer<Float>, _ number: Double, factor: Double, into slopes: UnsafeMutablePointer<Float>
    ) {
        let margin = Double(raw[0])
        switch loss {
        case .squared: slopes[0] = Float(factor * SquaredLoss.gradient(margin: margin, target: number))
        case .huber: slopes[0] = Float(factor * HuberLoss.gradient(margin: margin, target: number, delta: huberDelta))
        case .logistic: slopes[0] = Float(factor * LogisticLoss.gradient(margin: margin, target: number))
        case .crossEntropy:
            let logSum = normalizer(raw).logSum
            for index in 0..<outputs {
                let truth = index == Int(number) ? 1.0 : 0
                slopes[index] = Float(factor * (exp(finite(raw[index]) - logSum) - truth))
            }
        }
    }

    /// The largest output's index, and the logarithm of the sum of all outputs' exponentials.
    @inline(__always)
    private func normalizer(_ raw: UnsafePointer<Float>) -> (best: Int, logSum: Double) {
        var best = 0
        for index in 1..<outputs where finite(raw[index]) > finite(raw[best]) { best = index }
        let largest = finite(raw[best])
        var sum = 0.0
        for index in 0..<outputs { sum += exp(finite(raw[index]) - largest) }
        return (best, largest + log(sum))
    }

    /// A stand-in for outputs that overflowed, so that a prediction is a number all the same.
    @inline(__always)
    private func finite(_ value: Float) -> Double {
        value.isNaN ? 0 : Double(min(max(value, -1e30), 1e30))
    }
}

extension NetworkTarget {
    func save(to archive: inout StateArchive, under prefix: String) {
        guard isRegression else { return }
        let known = statistics
        archive.put(prefix + "/target", doubles: [known.count, known.mean, known.spread, known.extreme])
    }

    /// The statistics of a snapshot; it changes nothing yet.
    func statistics(from archive: StateArchive, under prefix: String) throws(StateError) -> FeatureStatistics {
        guard isRegression else { return FeatureStatistics() }
        let known = try archive.doubles(prefix + "/target", count: 4)
        guard known.allSatisfy({ abs($0) <= 1e100 }), known[0] >= 0 else {
            throw .impossible(name: prefix + "/target", reason: "it isn't finite, or counts below 0")
        }
        var statistics = FeatureStatistics()
        statistics.count = known[0]
        statistics.mean = known[1]
        statistics.spread = known[2]
        statistics.extreme = known[3]
        return statistics
    }
}
