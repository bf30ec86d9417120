internal import DriftDetection
internal import Glibc
public import Records

/// Members of one kind that each learn another sample of the stream, and predict together.
///
/// With a drift delta an ADWIN watches each member's errors; when one of them gets worse, the member with the largest error starts
/// over as it began.
/// - Shape: the members'. Cost: each member's prediction twice, and its learning as often as is drawn. Allocates nothing but
///   what members do, and when one starts over.
/// - Source: Oza and Russell, Online bagging and boosting, AISTATS 2001; with ADWIN Bifet and others, Leveraging bagging for
///   evolving data streams, ECML PKDD 2010.
public struct BaggingEnsemble<Member: OnlineLearner & ~Copyable>: ~Copyable, OnlineLearner {
    public let configuration: BaggingConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0
    var members: MemberArray<Member>
    /// Watches each member's errors.
    var detectors: MemberArray<ADWIN>
    var generator: SeededGenerator
    var errors = ErrorScale()
    /// The members as they began.
    let beginnings: StateArchive
    private let classes: Int
    private let votes: MemberVotes

    /// - Parameter make: gives the member of each index, from 0. It isn't kept.
    public init(_ configuration: BaggingConfiguration, _ make: (Int) -> Member) {
        configuration.check()
        self.configuration = configuration
        classes = configuration.target.classes.count
        members = MemberArray(count: configuration.members, make)
        detectors = MemberArray(count: configuration.driftDelta > 0 ? configuration.members : 0) { _ in
            ADWIN(ADWINConfiguration(delta: configuration.driftDelta))
        }
        generator = SeededGenerator(seed: configuration.seed)
        votes = MemberVotes(members: configuration.members, classes: classes)
        var archive = StateArchive()
        if configuration.driftDelta > 0 { members.save(to: &archive, under: "") }
        beginnings = archive
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        ask(x)
        return together(probabilities)
    }

    /// Every member's prediction, into the votes.
    private func ask(_ x: InputVector) {
        for index in 0..<members.count {
            votes.put(members[index].predict(x, probabilities: votes.probabilities(index)), of: index)
        }
    }

    private func together(_ probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        votes.mix { _ in 1 }
        return votes.prediction(configuration.target, into: probabilities)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        let isLabelled = configuration.target != .unlabelled
        guard !isLabelled || label != .absent, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight <= TreeInput.largestWeight, EnsembleInput.isSound(x),
            let truth = EnsembleInput.truth(label, configuration.target)
        else {
            updatesRefused += 1
            return LearningOutcome(loss: 0, result: .refused)
        }
        ask(x)
        let prediction = together(UnsafeMutableBufferPointer(start: nil, count: 0))
        let loss = isLabelled ? votes.loss(prediction, truth) : 0
        var outcomes = MemberOutcomes()
        for index in 0..<members.count {
            let times = generator.poisson(mean: configuration.bagging)
            guard times > 0 else { continue }
            outcomes.add(members[index].learn(x, label: label, weight: Double(times) * weight).result)
        }
        recordsLearned += 1
        let result = outcomes.result
        if result == .refused {
            updatesRefused += 1
        } else if isLabelled {
            if classes == 0 { errors.add(truth - prediction.score) }
            watch(truth)
        }
        return LearningOutcome(loss: loss, result: result)
    }

    /// Looks whether a member has got worse, and lets the worst one start over.
    private mutating func watch(_ truth: Double) {
        var hasChanged = false
        var worst = 0
        for index in 0..<detectors.count {
            let error = votes.error(of: index, truth, errors)
            let before = detectors[index].estimate
            if detectors[index].update(error), detectors[index].estimate > before { hasChanged = true }
            if detectors[index].estimate > detectors[worst].estimate { worst = index }
        }
        guard hasChanged else { return }
        // The member's own first state, which it can't refuse.
        guard (try? members[worst].restore(from: beginnings, under: "/\(worst)")) != nil else { return }
        detectors[worst] = ADWIN(ADWINConfiguration(delta: configuration.driftDelta))
    }
}
