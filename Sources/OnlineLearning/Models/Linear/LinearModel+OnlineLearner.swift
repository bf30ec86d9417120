public import Records

extension LinearModel {
    /// - Parameter probabilities: `[2]` for classes: those of the negative and of the positive one.
    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let prediction = predict(x.dense)
        if probabilities.count == 2 {
            probabilities[0] = Float(1 - prediction.score)
            probabilities[1] = Float(prediction.score)
        }
        return prediction
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        learn(x.dense, label: label, weight: weight)
    }
}
