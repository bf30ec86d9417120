internal import DriftDetection
internal import OnlineLearning
internal import Records
internal import Settings

/// What is done about an alert of the concept, and how it stands: steps that are raised for a while, and a second model that
/// has to prove itself.
///
/// - Shape: records that are learned, one by one. Cost: nothing while nothing is done; else that of learning a second model.
/// - Source of the swap: Gomes et al., Adaptive random forests, Machine Learning 106 (2017), for one model, and with a test
///   in place of the detector.
struct DriftResponse: ~Copyable {
    private let settings: AlertSettings
    private let configuration: LearnerConfiguration
    /// Records that still count for more.
    private(set) var raisedFor: UInt64 = 0
    /// The second model, and the records that it has learned; nil where there is none.
    private var challenger: Learner?
    private var challenged: UInt64 = 0
    /// How much smaller its loss was than the first one's, each before the record was learned.
    private var gain = ScalarWindow()
    private(set) var tally = ResponseTally()
    /// What came of the newest second model.
    private var newest = Outcome.none

    /// Standard errors by which the second model's mean loss has to be smaller. It is looked at a dozen times or so.
    private static let leastProof = 3.0

    private enum Outcome: UInt64 {
        case none, warming, swapped, dropped
    }

    init(_ settings: PipelineSettings) {
        self.settings = settings.alerts
        configuration = settings.model
    }

    /// Does what the settings ask for at an alert.
    /// - Returns: what was done, as the alert tells it.
    mutating func respond(_ model: inout Learner, _ features: inout FeatureEncoder) -> String {
        switch settings.action {
        case .none: break
        case .raiseStepSize:
            raisedFor = UInt64(settings.records)
            tally.raised += 1
        case .resetScaler:
            features.resetScaling()
            tally.scalersReset += 1
        case .resetModel:
            model = Learner(configuration)
            tally.modelsReset += 1
        case .swapModel:
            // One that is on its way already has seen part of what changed.
            guard challenger == nil else { return "swap-model under way" }
            challenger = Learner(configuration)
            challenged = 0
            gain.reset()
            newest = .warming
            tally.warmed += 1
        }
        return settings.action.rawValue
    }

    /// What came of it, as a recovery tells it.
    var outcome: String {
        guard settings.action == .swapModel else { return settings.action.rawValue }
        return switch newest {
        case .none: "none"
        case .warming: "swap-model under way"
        case .swapped: "swap-model: swapped"
        case .dropped: "swap-model: dropped"
        }
    }

    /// What a record counts for in learning.
    @inline(__always)
    func weight(_ weight: Double) -> Double { raisedFor > 0 ? weight * settings.factor : weight }

    @inline(__always)
    var isAtWork: Bool { raisedFor > 0 || challenged > 0 || newest == .warming }

    /// A record was learned by the first model: the second one learns it, too, and may take its place.
    mutating func learned(
        _ example: LabelledExample, from input: InputVector, _ outcome: LearningOutcome, _ model: inout Learner
    ) {
        if raisedFor > 0 { raisedFor -= 1 }
        guard newest == .warming else { return }
        guard let own = challenger?.learn(input, label: example.label, weight: example.weight) else { return }
        challenged += 1
        if outcome.result != .refused, own.result != .refused { gain.add(outcome.loss - own.loss) }
        if gain.count >= UInt64(settings.window) {
            if isProved, let winner = challenger.take() {
                model = winner
                tally.swapped += 1
                end(.swapped)
                return
            }
            gain.reset()
        }
        guard challenged >= UInt64(settings.records) else { return }
        challenger = nil
        tally.dropped += 1
        end(.dropped)
    }

    private mutating func end(_ outcome: Outcome) {
        newest = outcome
        challenged = 0
        gain.reset()
    }

    private var isProved: Bool {
        guard let mean = gain.mean, let deviation = gain.deviation, mean > 0 else { return false }
        return mean >= Self.leastProof * deviation / Double(gain.count).squareRoot()
    }
}

extension DriftResponse: Checkpointable {
    /// Where nothing is done at an alert, nothing is written.
    func save(to archive: inout StateArchive, under prefix: String) {
        guard settings.action != .none else { return }
        archive.put("\(prefix)/counters", counters: [raisedFor, challenged, newest.rawValue] + tally.counters)
        guard newest == .warming else { return }
        gain.save(to: &archive, under: "\(prefix)/gain")
        switch challenger {
        case .some(let challenger): challenger.save(to: &archive, under: "\(prefix)/challenger")
        case .none: break
        }
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        guard settings.action != .none else { return }
        let name = "\(prefix)/counters"
        let counters = try archive.counters(name, count: 3 + ResponseTally.count)
        guard let outcome = Outcome(rawValue: counters[2]), counters[0] <= UInt64(settings.records),
            counters[1] < UInt64(settings.records), counters[1] == 0 || outcome == .warming
        else { throw .impossible(name: name, reason: "they don't fit `alerts.records`") }
        var newGain = ScalarWindow()
        var newChallenger: Learner?
        if outcome == .warming {
            try newGain.restore(from: archive, under: "\(prefix)/gain")
            guard newGain.count < UInt64(settings.window) else {
                throw .impossible(name: "\(prefix)/gain/count", reason: "more records than a window has")
            }
            var learner = Learner(configuration)
            try learner.restore(from: archive, under: "\(prefix)/challenger")
            newChallenger = consume learner
        }
        (raisedFor, challenged, newest, gain) = (counters[0], counters[1], outcome, newGain)
        challenger = newChallenger.take()
        tally = ResponseTally(counters: Array(counters[3...]))
    }
}
