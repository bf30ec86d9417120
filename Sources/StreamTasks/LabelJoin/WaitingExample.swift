package import OnlineLearning
package import Records

/// A prediction as it was made, with the input that it was made from. Borrowed: valid until the next call to the join.
package struct WaitingExample {
    package var input: InputVector
    package var prediction: Prediction
    /// `[classes]` where there are more than two; else empty.
    package var probabilities: UnsafeBufferPointer<Float>
    /// The feature record's.
    package var weight: Double
    /// Milliseconds since 1970, of the feature record.
    package var timestamp: Int64
    /// Of the feature record.
    package var offset: Int64
    /// Which of the segments it is evaluated in; -1 for none of those that are declared.
    package var segment: Int

    package init(
        input: InputVector, prediction: Prediction, probabilities: UnsafeBufferPointer<Float>, weight: Double,
        timestamp: Int64, offset: Int64, segment: Int = -1
    ) {
        self.input = input
        self.prediction = prediction
        self.probabilities = probabilities
        self.weight = weight
        self.timestamp = timestamp
        self.offset = offset
        self.segment = segment
    }
}

/// A label that has come, from a record or from memory.
package struct ArrivedLabel: Equatable {
    package var label: Label
    /// Multiplied with the feature record's.
    package var weight: Double
    /// When it was known: milliseconds since 1970.
    package var timestamp: Int64

    package init(_ label: Label, weight: Double = 1, timestamp: Int64) {
        self.label = label
        self.weight = weight
        self.timestamp = timestamp
    }
}
