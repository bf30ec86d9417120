internal import Records

/// What is kept of one id: a prediction that waits for its label, a label that waits for its record, or what became of both.
struct JoinEntry {
    enum Kind: Int, CaseIterable {
        /// A prediction without its label.
        case waiting
        /// A label without its record.
        case early
        /// Both were there, or the wait is over: a further label is known as such.
        case answered
    }

    var kind: Kind
    var hash: UInt64 = 0
    /// Of the prediction's record; of an early label its own.
    var offset: Int64
    /// Milliseconds since 1970, likewise.
    var timestamp: Int64
    /// Milliseconds of the stream's clock after which it is given up.
    var deadline: Int64
    var prediction = Prediction(score: 0, classIndex: -1)
    /// What `EstimatedPerformance` told of it when it was made; NaN where nothing.
    var told = Double.nan
    /// The record's; of an early label its own.
    var weight: Double
    /// As `LabelledExample` has it.
    var segment: Int32 = -1
    /// Absent while a prediction waits, and where its wait ended without one.
    var label = Label.absent

    /// Bytes of the id, with which the entry's bytes begin.
    var idLength: Int32 = 0
    /// How much of the model's input stands behind it, and of the probabilities behind that.
    var dense: Int32 = 0
    var sparse: Int32 = 0
    var steps: Int32 = 1
    var probabilities: Int32 = 0

    /// The entry's bytes, and its neighbours among those of its kind; -1 for none.
    var block: Int32 = -1
    var older: Int32 = -1
    var newer: Int32 = -1

    var byteCount: Int {
        Int(idLength) + (Int(dense) + Int(probabilities)) * MemoryLayout<Float>.stride
            + Int(sparse) * JoinEntry.sparseStride
    }

    /// Of an index and its value.
    static let sparseStride = 8
}
