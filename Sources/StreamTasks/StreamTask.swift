internal import DriftDetection
internal import Failpoints
package import OnlineLearning
package import RecordCodecs
package import Records
package import Settings

/// All the state and work of one input partition: records in, in order; predictions, drift records and dead letters out.
///
/// Synchronous and deterministic: it knows no broker, no clock and no thread, and the same records give the same state, bit
/// for bit, however they arrive. Nothing is allocated for a record.
package struct StreamTask: ~Copyable {
    package let settings: PipelineSettings
    package let partition: Int32
    package internal(set) var position: NextOffset
    package internal(set) var counters = TaskCounters()
    var gapLog = GapLog()
    var decoder: RecordDecoder
    var features: FeatureEncoder
    package internal(set) var model: Learner
    package internal(set) var evaluation: PrequentialMetrics
    private let segments: SegmentLookup
    var watch: SignalWatch
    var response: DriftResponse
    var encoder: PredictionEncoder
    /// The end of the year 9999: any client may have written the broker's time, and it ends there like a record's own.
    static let lastTime: Int64 = 253_402_300_799_999
    /// Without a target each record is learned, and a label says only how unusual it was.
    let learnsLabels: Bool
    /// Whether the model is one over all partitions; else there is no `mixing`, and nothing is spent on it.
    let isShared: Bool
    var mixing: TaskMixing?
    /// Mix messages of other tasks that were read; a refused one has changed nothing else.
    package internal(set) var mixes = MixCounters()
    /// Where each other partition of the mix topic is to be read next; those that nothing was read of aren't there.
    package internal(set) var mixPositions: [Int32: NextOffset] = [:]
    /// Whether labels come later; else nothing waits in `labels`, and nothing is spent on them.
    let joinsLabels: Bool
    var labels: TaskLabels
    let row: FeatureRow
    /// What the model gave each class at the last record; empty where there aren't several.
    let probabilities: UnsafeMutableBufferPointer<Float>

    package init(_ settings: PipelineSettings, partition: Int32, position: NextOffset) throws(RecordSchemaError) {
        let decoder = try RecordDecoder(settings.recordSchema)
        let features = FeatureEncoder(settings.encoder)
        let labels = try TaskLabels(settings, shape: features.shape)
        let segments = SegmentLookup(settings)
        self.settings = settings
        self.partition = partition
        self.position = position
        self.decoder = decoder
        self.features = features
        model = Learner(settings.model)
        evaluation = PrequentialMetrics(
            target: settings.target, window: settings.evaluation.metricsWindow, fading: settings.evaluation.fading,
            quantile: settings.evaluation.quantile, segments: segments.count)
        self.segments = segments
        watch = SignalWatch(settings, partition: partition)
        response = DriftResponse(settings)
        encoder = PredictionEncoder(
            pipeline: settings.pipeline, target: settings.target, partition: partition, topic: settings.topics.features)
        learnsLabels = settings.target != .unlabelled
        isShared = settings.mix != nil
        mixing = TaskMixing(settings, partition: partition)
        joinsLabels = settings.labels != nil
        self.labels = labels
        row = FeatureRow(features: settings.features)
        probabilities = .allocate(capacity: settings.target.classes.count)
        probabilities.initialize(repeating: 0)
    }

    deinit { probabilities.deallocate() }

    /// Steps 2 to 8 for one record: one prediction or one dead letter, and what the watch has to say.
    /// - Returns: the loss of the model before it learned; nil where there was nothing to learn.
    @discardableResult
    package mutating func process<Sink: OutputSink & ~Copyable>(
        _ record: InputRecord, into sink: inout Sink
    ) -> Double? {
        if record.offset >= gapLog.due { tellGaps(with: record, into: &sink) }
        let decoded: DecodedRecord
        do {
            decoded = try decoder.decode(record.value, into: row)
        } catch {
            refuse(record, error, into: &sink)
            return nil
        }
        let brokerTime = min(record.timestamp, Self.lastTime)
        let timestamp = decoded.timestamp ?? max(brokerTime, 0)
        if watch.windowEnds(before: timestamp, brokerTime: brokerTime) { report(for: record, into: &sink) }

        if joinsLabels { passTime(to: timestamp, with: record, into: &sink) }
        if isShared { mixNews() }
        let key = features.asksKey ? record.key.map(ValueHash.text) ?? 0 : 0
        let input = features.encode(row, key: key)
        let prediction = model.predict(input, probabilities: probabilities)
        let version = inputsConsumed
        counters.consumed += 1
        counters.predicted += 1
        var observation = Observation(
            timestamp: timestamp, offset: record.offset, number: counters.consumed, prediction: prediction)
        var example = LabelledExample(
            prediction: prediction, label: decoded.label, weight: decoded.weight, segment: segments.segment(of: row))
        if joinsLabels {
            observation.labelDelay = wait(&example, decoded, record, timestamp: timestamp, from: input)
        }
        if example.weight > 0, example.label != .absent || !learnsLabels {
            evaluate(example, probabilities: UnsafeBufferPointer(probabilities))
            learn(example, from: input, into: &observation)
            sink.judged(
                example, observation, probabilities: UnsafeBufferPointer(probabilities), partition: partition)
        }
        sink.saw(observation, row: row.scalars, partition: partition)
        features.update(row, key: key, label: decoded.weight > 0 ? decoded.label : .absent)
        let spoke = watch.observe(observation, brokerTime: brokerTime, row: row)

        if !sink.isSilent {
            let value = encoder.encode(
                id: decoded.id, key: record.key, partition: partition, offset: record.offset, timestamp: timestamp,
                versionRecords: version, prediction: prediction, probabilities: UnsafeBufferPointer(probabilities),
                learned: observation.loss != nil)
            sink.emitPrediction(value, for: record, timestamp: timestamp)
        }
        if spoke { report(for: record, into: &sink) }
        if isShared { share(for: record, into: &sink) }
        position = NextOffset(after: record.offset)
        return observation.loss
    }

    @inline(__always)
    mutating func evaluate(_ example: LabelledExample, probabilities: UnsafeBufferPointer<Float>) {
        evaluation.add(
            example.prediction, example.label, weight: example.weight, probabilities: probabilities,
            segment: example.segment)
    }

    /// Learns from the vector that the prediction was made from.
    @inline(__always)
    mutating func learn(_ example: LabelledExample, from input: InputVector, into observation: inout Observation) {
        let outcome = model.learn(input, label: example.label, weight: response.weight(example.weight))
        if response.isAtWork { response.learned(example, from: input, outcome, &model) }
        failpoint(.learn)
        counters.learned += 1
        if isShared, outcome.result != .refused { mixing?.mixer.learned(example.label) }
        observation.loss = outcome.loss
        observation.error =
            switch example.label {
            case .classIndex(let index): learnsLabels ? (index == example.prediction.classIndex ? 0 : 1) : nil
            case .value(let value): abs(value - example.prediction.score)
            case .absent: nil
            }
    }

    /// A record that can't be used changes nothing but the counts, and what is watched of them.
    private mutating func refuse<Sink: OutputSink & ~Copyable>(
        _ record: InputRecord, _ error: DecodeError, into sink: inout Sink
    ) {
        counters.consumed += 1
        counters.refused += 1
        if !sink.isSilent {
            sink.emitDeadLetter(for: record, reason: decoder.explain(error, value: record.value), stage: "decode")
        }
        if watch.observeRefused(
            error, number: counters.consumed, offset: record.offset, brokerTime: min(record.timestamp, Self.lastTime))
        {
            report(for: record, into: &sink)
        }
        position = NextOffset(after: record.offset)
    }
}
