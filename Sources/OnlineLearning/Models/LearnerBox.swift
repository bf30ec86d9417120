internal import Records

/// Any learner behind one name. What a task calls for a record is one virtual call; the kernels behind it are those of the
/// learner, compiled for it alone.
class AnyLearnerBox {
    func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        preconditionFailure("each box has a learner")
    }
    func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        preconditionFailure("each box has a learner")
    }
    var recordsLearned: UInt64 { 0 }
    var updatesRefused: UInt64 { 0 }
    func save(to archive: inout StateArchive, under prefix: String) {}
    func restore(from archive: StateArchive, under prefix: String) throws(StateError) {}
}

/// The box of one kind of learner.
final class LearnerBox<Model: OnlineLearner & ~Copyable>: AnyLearnerBox {
    var model: Model

    init(_ model: consuming Model) { self.model = model }

    override func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        model.predict(x, probabilities: probabilities)
    }

    override func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        model.learn(x, label: label, weight: weight)
    }

    override var recordsLearned: UInt64 { model.recordsLearned }
    override var updatesRefused: UInt64 { model.updatesRefused }

    override func save(to archive: inout StateArchive, under prefix: String) { model.save(to: &archive, under: prefix) }

    override func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try model.restore(from: archive, under: prefix)
    }
}
