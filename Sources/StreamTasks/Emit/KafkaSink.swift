internal import Failpoints
package import KafkaClient
package import RecordCodecs
package import Records
package import Settings

/// Writes one worker's outputs to Kafka and settles the reports that come back. Lives on the worker's thread.
///
/// - Cost: an output costs what librdkafka's own copy costs; nothing of ours is allocated for a prediction.
package struct KafkaSink: OutputSink, ~Copyable {
    package var lanes = DeliveryLanes()
    /// The task that is at work, and whether it replays. Within transactions there are no lanes.
    package var lane: DeliveryLane?
    package var isSilent = false
    /// The first thing that can't be mended: the worker stops when it sees it.
    package internal(set) var failure: KafkaError?
    /// An output had no room for as long as the worker could wait: its input, and all after it, are not done.
    package internal(set) var isStalled = false
    package var tally = OutputTally()

    let outlet: Outlet
    let patience: Patience
    /// Outputs that wait to be sent again, in order.
    var refused: [OutputRecord] = []
    var refusals = RefusalMemory()
    let topics: TopicNames
    /// The headers of the prediction that is being sent.
    private var headers = HeaderList()
    private var inputHeader: HeaderEncoder

    /// - Parameter patience: until when an output may wait for room.
    package init(_ outlet: Outlet, settings: PipelineSettings, patience: Patience) {
        self.outlet = outlet
        self.patience = patience
        topics = settings.topics
        inputHeader = HeaderEncoder(topic: settings.topics.features)
    }

    package mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {
        guard let token = token() else { return }
        headers.removeAll()
        headers.add(HeaderEncoder.name, inputHeader.encode(partition: record.partition, offset: record.offset))
        if let trace = record.traceparent { headers.add("traceparent", trace) }
        tally.predictions += 1
        failpoint(.produce)
        if !refusals.isEmpty {
            return emit(
                .prediction, key: record.key.map(Array.init), value: Array(value), headers: headers.copies,
                timestamp: timestamp)
        }
        repeat {
            switch hand(
                .prediction, key: record.key, value: value, timestamp: max(timestamp, 0), headers: headers,
                token: token)
            {
            case .enqueued: return
            case .queueFull: continue
            case .refused(let error):
                refused.append(
                    OutputRecord(
                        kind: .prediction, key: record.key.map(Array.init), value: Array(value),
                        headers: headers.copies, timestamp: timestamp, token: token, error: error))
                return
            }
        } while waitForRoom()
    }

    package mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) {
        if output.isAlert { tally.alerts.append(output) }
        let headers = commonHeaders(record) + output.headers.map { KafkaClient.RecordHeader($0.name, $0.value) }
        emit(.drift, key: Array(output.signal.utf8), value: output.value, headers: headers, timestamp: output.timestamp)
    }

    package mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {
        var headers: [KafkaClient.RecordHeader] = []
        record.forEachHeader { name, value in
            headers.append(KafkaClient.RecordHeader(name: Array(name), value: value.map(Array.init)))
        }
        headers.append(
            KafkaClient.RecordHeader(
                "millrace-input", "\(topics.name(of: record))/\(record.partition)/\(record.offset)"))
        headers += DeadLetterHeaders.headers(
            topic: topics.name(of: record), partition: record.partition, offset: record.offset, stage: "\(stage)",
            reason: reason
        ).map { KafkaClient.RecordHeader($0.name, $0.value) }
        tally.deadLetters[reason.className, default: 0] += 1
        emit(
            .deadLetter, key: record.key.map(Array.init), value: record.value.map(Array.init), headers: headers,
            timestamp: record.timestamp)
    }

    package mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {
        failpoint(.mix)
        // With the time of now: retention goes by it, and an event time can be any.
        emit(
            .mix, partition: record.partition, key: nil, value: Array(message), headers: commonHeaders(record),
            timestamp: -1)
    }

    /// Sends an entry of a task's journal. Without transactions the lane is told when it is delivered.
    package mutating func emit(_ entry: JournalEntry, partition: Int32, lane: DeliveryLane?) {
        guard let last = entry.runs.last else { return }
        failpoint(.journal)
        if isBroken(.dropJournal) {
            lane?.hasDeliveredEntry = true
            return
        }
        emit(
            .journal, partition: partition, key: nil, value: entry.encoded,
            headers: [KafkaClient.RecordHeader("millrace-input", "\(last.input)/\(last.to.rawValue - 1)")],
            timestamp: -1, token: lane?.entryToken ?? 0)
    }

    /// Sends one of the rarer outputs, under a ticket of its own.
    private mutating func emit(
        _ kind: OutputKind, partition: Int32 = -1, key: [UInt8]?, value: [UInt8]?,
        headers: [KafkaClient.RecordHeader], timestamp: Int64
    ) {
        guard let token = token() else { return }
        emit(
            kind, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp, token: token)
    }

    private mutating func emit(
        _ kind: OutputKind, partition: Int32, key: [UInt8]?, value: [UInt8]?, headers: [KafkaClient.RecordHeader],
        timestamp: Int64, token: UInt64
    ) {
        let output = OutputRecord(
            kind: kind, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp,
            token: token, error: .notSent)
        guard let mended = refusals.mended(output) else {
            failure = output.error
            return
        }
        count(mended, insteadOf: output)
        while !send(mended), waitForRoom() {}
    }

    /// A ticket of the working task's ledger, as a token; 0 where a transaction makes tickets needless.
    private func token() -> UInt64? {
        if case .transactions = outlet { return 0 }
        guard let lane else { return nil }
        return DeliveryToken(slot: lane.slot, generation: lane.generation, ticket: lane.ledger.ticket()).rawValue
    }

    /// The back-pressure: nothing more is read until the producer has room.
    /// - Returns: false where the worker can't wait any longer.
    private mutating func waitForRoom() -> Bool {
        if patience.isOver || isStalled {
            stall()
            return false
        }
        serve(timeoutMilliseconds: 10)
        return true
    }

    /// The headers that every output has: which input it came from, and the input's trace context.
    private func commonHeaders(_ record: InputRecord) -> [KafkaClient.RecordHeader] {
        let input = KafkaClient.RecordHeader(
            "millrace-input", "\(topics.name(of: record))/\(record.partition)/\(record.offset)")
        guard let trace = record.traceparent else { return [input] }
        return [input, KafkaClient.RecordHeader(name: Array("traceparent".utf8), value: Array(trace))]
    }
}
