internal import Records

/// What margins stand for: sides of two classes, one of several classes, or the scaled value of a regression.
struct SupportVectorTarget {
    /// 0 for a regression.
    let classes: Int
    let scaling: ScalingKind
    var statistics = FeatureStatistics()

    init(_ target: Target, scaling: ScalingKind) {
        switch target {
        case .binary(let classes), .multiclass(let classes):
            precondition(classes.count >= 2, "there are two classes or more")
            self.classes = classes.count
        case .regression: classes = 0
        case .unlabelled: preconditionFailure("the model needs a label")
        }
        self.scaling = scaling
    }

    var outputs: Int { classes > 2 ? classes : 1 }

    /// The class as a number, or the scaled value. Nil where the label isn't sound.
    @inline(__always)
    func number(of raw: Double) -> Double? {
        if classes > 0 { return raw >= 0 && raw < Double(classes) && raw == raw.rounded() ? raw : nil }
        // It must fit Float32, so that its square can't overflow the statistics.
        return abs(raw) <= Double(Float.greatestFiniteMagnitude) ? scaling.scale(raw, statistics) : nil
    }

    /// What the margin of an output is to be: -1 or 1 for classes, else the value.
    @inline(__always)
    func goal(of output: Int, number: Double) -> Double {
        if classes == 0 { return number }
        return Int(number) == (classes > 2 ? output : 1) ? 1 : -1
    }

    /// - Parameter probabilities: `[classes]`.
    @inline(__always)
    func prediction(
        _ margins: UnsafeBufferPointer<Double>, _ calibration: MarginCalibration,
        _ probabilities: UnsafeMutableBufferPointer<Float>
    ) -> Prediction {
        guard classes > 0 else { return Prediction(score: scaling.unscale(margins[0], statistics), classIndex: -1) }
        guard classes > 2 else {
            let positive = calibration.probability(margin: margins[0])
            if probabilities.count >= 2 {
                probabilities[0] = Float(1 - positive)
                probabilities[1] = Float(positive)
            }
            return Prediction(score: positive, classIndex: margins[0] > 0 ? 1 : 0)
        }
        var best = 0
        var sum = 0.0
        for output in 0..<classes {
            if margins[output] > margins[best] { best = output }
            sum += calibration.probability(margin: margins[output])
        }
        for output in 0..<min(classes, probabilities.count) {
            probabilities[output] = Float(calibration.probability(margin: margins[output]) / sum)
        }
        return Prediction(score: calibration.probability(margin: margins[best]) / sum, classIndex: best)
    }
}
