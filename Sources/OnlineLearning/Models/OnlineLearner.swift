public import Records

/// A model that learns record by record.
///
/// Memory is taken at `init`, or bounded by the configuration where a model grows; nothing is allocated for a record once it is
/// warm. Equal records in equal order give equal bits, and whatever comes, its state stays finite.
public protocol OnlineLearner: ~Copyable, Checkpointable {
    /// What the model as its last finished update left it says of a record. Changes no state.
    /// - Parameter probabilities: `[classes]`, filled for a target with classes; empty for others.
    func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction

    /// Learns from one record, or puts it into the batch. Without a target every record is learned, its label left out.
    /// - Parameter weight: the record's importance, finite and 0 or more; 0 learns nothing.
    mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome

    /// Records that were learned or wait in a batch, those of refused updates among them.
    var recordsLearned: UInt64 { get }
    /// Updates and labels that weren't sound and left the model as it was.
    var updatesRefused: UInt64 { get }
}
