internal import OnlineLearning
internal import RecordCodecs
package import Records
internal import Settings

/// Labels that come later: a second input, read beside the features in an order that the journal keeps.
extension StreamTask {
    /// Consumes one record of the labels partition; those before the position are ignored, and all where labels stand in the
    /// feature records.
    /// - Cost: as learning from a feature record; allocates nothing.
    package mutating func takeLabel<Sink: OutputSink & ~Copyable>(_ record: InputRecord, into sink: inout Sink) {
        guard joinsLabels, record.offset >= labelPosition.rawValue else { return }
        labels.position = NextOffset(after: record.offset)
        guard let value = record.value else { return withdraw(record, into: &sink) }
        do throws(DecodeError) {
            let decoded = try labels.decoder.decode(value)
            guard let id = labels.id(ofLabel: decoded, record) else { throw .missingID }
            let label = ArrivedLabel(
                decoded.label, weight: decoded.weight, timestamp: decoded.timestamp ?? Self.brokerTime(record))
            join(label, to: id, of: record, into: &sink)
        } catch {
            refuseLabel(record, error, into: &sink)
        }
    }

    /// Brings a label to the prediction that waits for it, and learns.
    /// - Returns: the loss of the model before it learned; nil where nothing was learned.
    @discardableResult
    mutating func join<Sink: OutputSink & ~Copyable>(
        _ label: ArrivedLabel, to id: UnsafeRawBufferPointer, of record: InputRecord, into sink: inout Sink
    ) -> Double? {
        passTime(to: label.timestamp, with: record, into: &sink)
        switch labels.join.arrived(id, label, offset: record.offset) {
        case .matched(let example):
            return learnLate(
                example, label.label, weight: example.weight * label.weight,
                delay: max(label.timestamp - example.timestamp, 0), time: label.timestamp, record, into: &sink)
        case .corrected(let example):
            relearn(example, label.label, weight: example.weight * label.weight)
            return nil
        case .nothing: return nil
        }
    }

    /// The event time that came with a record. What has waited too long is given up, or learned as a negative.
    mutating func passTime<Sink: OutputSink & ~Copyable>(
        to time: Int64, with record: InputRecord, into sink: inout Sink
    ) {
        labels.join.advance(to: time, brokerTime: min(record.timestamp, Self.lastTime))
        while let example = labels.join.nextExpired() {
            learnLate(
                example, .classIndex(0), weight: example.weight, delay: nil, time: clock, record,
                into: &sink)
        }
    }

    /// Lets a prediction wait for its label; one that came before joins the example at once.
    mutating func wait(
        _ example: inout LabelledExample, _ decoded: DecodedRecord, _ record: InputRecord, timestamp: Int64,
        from input: InputVector
    ) -> Int64? {
        guard let id = labels.id(of: decoded, record, topic: settings.topics.features) else {
            labels.join.counters.unkeyed += 1
            return nil
        }
        let nothing = UnsafeBufferPointer<Float>(start: nil, count: 0)
        let kept = WaitingExample(
            input: learnsLabels ? input : InputVector(dense: nothing), prediction: example.prediction,
            probabilities: probabilities.count > 2 ? UnsafeBufferPointer(probabilities) : nothing,
            weight: example.weight, timestamp: timestamp, offset: record.offset, segment: example.segment)
        guard let early = labels.join.predicted(id, kept) else { return nil }
        example.label = early.label
        example.weight *= early.weight
        return max(early.timestamp - timestamp, 0)
    }

    /// Evaluates a prediction as it was made, and learns from the input that it was made from.
    @discardableResult
    private mutating func learnLate<Sink: OutputSink & ~Copyable>(
        _ example: WaitingExample, _ label: Label, weight: Double, delay: Int64?, time: Int64, _ record: InputRecord,
        into sink: inout Sink
    ) -> Double? {
        var observation = Observation(
            timestamp: time, offset: record.offset, number: counters.consumed, prediction: example.prediction)
        observation.label = labels.join.ended
        observation.labelDelay = delay
        if weight > 0 {
            let labelled = LabelledExample(
                prediction: example.prediction, label: label, weight: weight, segment: example.segment)
            evaluate(labelled, probabilities: example.probabilities)
            if learnsLabels { learn(labelled, from: example.input, into: &observation) }
            var judged = observation
            judged.offset = example.offset
            sink.judged(labelled, judged, probabilities: example.probabilities, partition: partition)
        }
        if watch.observe(label: observation) { report(for: record, into: &sink) }
        return observation.loss
    }

    /// Learns a correction. Its prediction was evaluated with the first label.
    private mutating func relearn(_ example: WaitingExample, _ label: Label, weight: Double) {
        guard weight > 0 else { return }
        var observation = Observation(timestamp: 0, offset: 0, number: 0, prediction: example.prediction)
        learn(
            LabelledExample(prediction: example.prediction, label: label, weight: weight), from: example.input,
            into: &observation)
    }

    /// A tombstone names its record by its key.
    private mutating func withdraw<Sink: OutputSink & ~Copyable>(_ record: InputRecord, into sink: inout Sink) {
        guard let key = record.key else { return refuseLabel(record, .missingID, into: &sink) }
        passTime(to: Self.brokerTime(record), with: record, into: &sink)
        labels.join.withdrawn(key)
    }

    /// A label record that can't be used changes nothing but the counts.
    private mutating func refuseLabel<Sink: OutputSink & ~Copyable>(
        _ record: InputRecord, _ error: DecodeError, into sink: inout Sink
    ) {
        labels.join.refused()
        guard !sink.isSilent else { return }
        sink.emitDeadLetter(
            for: record, reason: labels.decoder.explain(error, value: record.value), stage: "label")
    }

    private static func brokerTime(_ record: InputRecord) -> Int64 { max(min(record.timestamp, lastTime), 0) }
}

extension StreamTask {
    /// What became of predictions and labels; nil where labels stand in the feature records.
    package var labelCounters: LabelCounters? { joinsLabels ? labels.join.counters : nil }
    /// Predictions that wait for their labels.
    package var waitingPredictions: Int { labels.join.pending }
    /// Labels that wait for their feature records.
    package var earlyLabels: Int { labels.join.early }
    /// Whether both sums of `LabelCounters` hold.
    package var labelsAddUp: Bool { labels.join.addsUp }
    /// The event time that the inputs have reached, in milliseconds since 1970; 0 where labels stand in the feature records.
    package var clock: Int64 { labels.join.clock.now }
    /// How good the predictions are whose labels are still out, as far as that can be told.
    package var estimates: [PerformanceEstimate] { joinsLabels ? PerformanceEstimate.all(labels.join.estimate) : [] }
    /// Where the labels partition is to be read next.
    package var labelPosition: NextOffset { labels.position }

    /// Seconds of event time within which this share of the labels came; nil where none did.
    package func labelDelay(_ share: Double) -> Double? { labels.join.delays.quantile(share).map { $0 / 1000 } }

    func saveLabels(to archive: inout StateArchive) {
        if joinsLabels { labels.join.save(to: &archive, under: "labels") }
    }

    /// - Parameter positions: of all inputs.
    mutating func restoreLabels(from archive: StateArchive, positions: [RecordPosition]) throws(StateError) {
        guard joinsLabels, let topic = settings.topics.labels else { return }
        try labels.join.restore(from: archive, under: "labels")
        guard let own = positions.first(where: { $0.topic == topic && $0.partition == partition }) else {
            throw .impossible(name: "positions", reason: "none is for \(topic)/\(partition)")
        }
        labels.position = own.next
    }
}
