package import OnlineLearning
package import RecordCodecs
package import Records
package import Settings

/// A pipeline over a stream without a broker, dealt record by record to as many tasks as there are to be partitions.
///
/// Where the model's scope is `shared`, what one task tells the others reaches them at once, before the next record, or after
/// a delay that is counted in records: the same on every run.
package struct OfflineRun: ~Copyable {
    package private(set) var sink: OfflineSink
    /// Dealt so far.
    package private(set) var records = 0
    private let tasks: [OfflineTask]
    private let target: Target
    let evaluationSettings: EvaluationSettings
    private var lossSum = 0.0
    private var losses = 0
    private let mixDelay: Int
    /// Messages on their way, the oldest first; those before `delivered` have arrived.
    private var sent: [SentMix] = []
    private var delivered = 0
    private var labels: OfflineLabels

    /// Records.
    package static let longestLabelDelay = 1 << 24

    private struct SentMix {
        var due: Int
        var partition: Int32
        var offset: Int64
        var message: [UInt8]
    }

    /// - Parameters:
    ///   - partitions: 1 or more.
    ///   - mixDelay: records, over all partitions, that are processed before a message reaches the other tasks.
    ///   - labelDelay: likewise for a label; at 0 it is there with its record, whatever the settings say. Records are joined by
    ///     their number then, so they have no key of their own.
    ///   - keepsHistory: what a report draws is kept, too.
    package init(
        _ settings: PipelineSettings, partitions: Int = 1, mixDelay: Int = 0, labelDelay: Int = 0,
        keepsHistory: Bool = false
    ) throws(RecordSchemaError) {
        precondition(partitions >= 1 && mixDelay >= 0, "a topic has at least one partition, and no message comes early")
        precondition(
            (0...Self.longestLabelDelay).contains(labelDelay),
            "no label comes early, nor after more records than can wait")
        let settings = settings.offline(labelDelay: labelDelay)
        var tasks: [OfflineTask] = []
        for partition in 0..<partitions { tasks.append(try OfflineTask(settings, partition: Int32(partition))) }
        let labels = try OfflineLabels(settings, delay: labelDelay)
        self.mixDelay = mixDelay
        self.tasks = tasks
        self.labels = labels
        target = settings.target
        evaluationSettings = settings.evaluation
        sink = OfflineSink(
            target: settings.target, partitions: partitions, history: keepsHistory ? RunHistory(settings) : nil)
    }

    package var partitions: Int { tasks.count }

    /// Deals one record to the next task in turn; what that one tells the others is on its way then.
    package mutating func process(_ value: UnsafeRawBufferPointer) {
        process(InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: 0))
    }

    /// The same with the key and the time that a topic's record has. Its partition and offset here are those of the deal.
    package mutating func process(_ record: InputRecord) {
        let place = records % tasks.count
        let turn = tasks[place]
        let offset = Int64(records / tasks.count)
        let partition = turn.task.partition
        let key = UInt64(records)
        records += 1
        sink.beginRecord()
        let refused = turn.task.counters.refused
        let loss = withUnsafeBytes(of: key) { key in
            turn.task.process(
                InputRecord(
                    key: labels.delay > 0 ? key : record.key, value: record.value, timestamp: record.timestamp,
                    partition: partition, offset: offset), into: &sink)
        }
        add(loss)
        if turn.task.counters.refused == refused, let value = record.value {
            labels.hold(value, key: key, of: place, records: records)
        }
        if let message = sink.takeMix() {
            sent.append(
                SentMix(due: records + mixDelay, partition: partition, offset: turn.messages, message: message))
            turn.messages += 1
        }
        deliverMixes()
        deliverLabels(until: records)
    }

    /// Hands over the labels that are still on their way.
    package mutating func finish() {
        sink.beginRecord()
        deliverLabels(until: .max)
    }

    private mutating func deliverLabels(until due: Int) {
        while let held = labels.next(records: due) {
            let task = tasks[held.task]
            let partition = task.task.partition
            let loss = withUnsafeBytes(of: held.key) { key in
                task.task.join(
                    ArrivedLabel(held.label, timestamp: task.task.clock), to: key,
                    of: InputRecord(key: key, value: nil, timestamp: -1, partition: partition, offset: 0), into: &sink)
            }
            add(loss)
        }
    }

    private mutating func add(_ loss: Double?) {
        guard let loss else { return }
        lossSum += loss
        losses += 1
    }

    /// Hands what is due to all tasks but the one that sent it, in the order of sending.
    private mutating func deliverMixes() {
        while delivered < sent.count, sent[delivered].due <= records {
            let mix = sent[delivered]
            for other in tasks where other.task.partition != mix.partition {
                _ = mix.message.withUnsafeBytes {
                    other.task.takeMix($0, from: mix.partition, offset: mix.offset)
                }
            }
            delivered += 1
        }
        // Now and then, so that it costs O(1) a message.
        guard delivered > sent.count / 2 else { return }
        sent.removeFirst(delivered)
        delivered = 0
    }

    /// The metrics over all records.
    package var overall: MetricValues { joint().overall }

    /// Where the true values of some of them lie with 95 % confidence, for one look.
    package var intervals: [MetricInterval] { joint().overallIntervals() }

    /// Over the last window and faded; nil where there are several tasks, whose windows don't add up.
    package var recent: (windowed: MetricValues, faded: MetricValues)? {
        tasks.count == 1 ? (tasks[0].task.evaluation.windowed, tasks[0].task.evaluation.faded) : nil
    }

    /// How good predictions were estimated to be before their labels came, next to what they were; nothing where labels stand in
    /// the records, or where there are several tasks.
    package var estimates: [PerformanceEstimate] { tasks.count == 1 ? tasks[0].task.estimates : [] }

    func joint() -> JointMetrics {
        var together = JointMetrics(
            target: target, quantile: evaluationSettings.quantile,
            segments: evaluationSettings.segments?.values.count ?? 0)
        for each in tasks { together.add(each.task.evaluation) }
        return together
    }

    /// The mean loss of the labelled records, each before it was learned; nil where there was none.
    ///
    /// For a regression in the unit of the scaled target, as the model minimizes it.
    package var meanLoss: Double? { losses > 0 ? lossSum / Double(losses) : nil }

    /// What all tasks have done together.
    package var counters: TaskCounters {
        tasks.reduce(into: TaskCounters()) { sum, each in sum.add(each.task.counters) }
    }
}

/// One of the tasks that share a stream.
private final class OfflineTask {
    var task: StreamTask
    /// How many it has told the others: the next one's offset.
    var messages: Int64 = 0

    init(_ settings: PipelineSettings, partition: Int32) throws(RecordSchemaError) {
        task = try StreamTask(settings, partition: partition, position: NextOffset(0))
    }
}
