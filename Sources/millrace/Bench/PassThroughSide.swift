internal import Foundation
internal import KafkaClient
internal import RecordCodecs
internal import Records
internal import Settings
internal import StreamService
internal import Synchronization

/// Consumes the records and writes as many predictions, with the same header, clients, properties and threads, but reads
/// none of them: what any stream processor would cost at the least. It commits as often: offsets without looking at
/// deliveries, or, where delivery is exactly-once, one transaction after the other with one producer.
final class PassThroughSide: BenchSide {
    private let settings: PipelineSettings
    private let partitions: Int
    private let outputs: RecordBlock
    private let count = Atomic<UInt64>(0)
    private let ready = Atomic<Bool>(false)
    private let stopping = Atomic<Bool>(false)

    private static let batchSize = 1_000
    private static let idleWait: Int32 = 50

    /// - Parameter outputs: values as the pipeline has written them, used over and over.
    init(_ settings: PipelineSettings, partitions: Int, outputs: RecordBlock) {
        self.settings = settings
        self.partitions = partitions
        self.outputs = outputs
    }

    var isReady: Bool { ready.load(ordering: .acquiring) }
    var consumed: UInt64 { count.load(ordering: .acquiring) }
    func stop() { stopping.store(true, ordering: .releasing) }

    func run() throws {
        let consumer = try Consumer(properties: settings.consumerProperties) { _ in }
        let worker = PassThroughWorker(finished: DispatchSemaphore(value: 0))
        Thread.detachNewThread { [self] in
            worker.outcome.withLock { $0 = Result { try work(consumer) } }
            stop()
            worker.finished.signal()
        }
        // As the service does: one thread for the group's events beside the one that works.
        while !stopping.load(ordering: .acquiring) { _ = consumer.poll(timeoutMilliseconds: 100) }
        worker.finished.wait()
        consumer.close(deadlineMilliseconds: 5_000)
        try worker.outcome.withLock { try $0.get() }
    }

    private func work(_ consumer: Consumer) throws {
        let isTransactional = settings.delivery == .exactlyOnce
        let producer = try Producer(
            properties: isTransactional
                ? settings.transactionalProperties(worker: 0, instance: UUID().uuidString, turn: "a")
                : settings.producerProperties
        ) { _ in }
        if isTransactional { try producer.beginFirst() }
        let topic = try producer.topic(settings.topics.predictions)
        var queue = try WorkerQueue(consumer: consumer, capacity: Self.batchSize)
        let input = (0..<partitions).map { TopicPartition(topic: settings.topics.features, partition: Int32($0)) }
        for partition in input { consumer.detachQueue(partition) }
        try consumer.assign(
            input.map { RecordPosition(topic: $0.topic, partition: $0.partition, next: NextOffset(0)) })
        for partition in input { queue.attach(partition) }
        ready.store(true, ordering: .releasing)
        var forwarder = Forwarder(producer: producer, topic: topic, input: input)
        let commitEvery = Int64(settings.commit.intervalMilliseconds) * 1_000_000
        var lastCommit = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
        try outputs.withRecords { outputs in
            while !stopping.load(ordering: .acquiring) {
                try queue.consume(timeoutMilliseconds: Self.idleWait) { batch in
                    let records = try forwarder.forward(batch, outputs)
                    count.add(UInt64(records), ordering: .releasing)
                }
                try forwarder.serve(milliseconds: 0)
                let now = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
                if now - lastCommit >= commitEvery {
                    lastCommit = now
                    let positions = forwarder.takePositions()
                    guard isTransactional else {
                        consumer.commitAsync(positions)
                        continue
                    }
                    if !positions.isEmpty { try producer.commitAndBegin(positions, consumer) }
                }
            }
        }
        _ = producer.flush(timeoutMilliseconds: 5_000)
        producer.close(deadlineMilliseconds: 1_000)
    }
}

/// What the pass-through's second thread leaves behind.
private final class PassThroughWorker: Sendable {
    let finished: DispatchSemaphore
    let outcome = Mutex<Result<Void, any Error>>(.success(()))

    init(finished: DispatchSemaphore) { self.finished = finished }
}

/// Writes one output for each record of a batch.
private struct Forwarder: ~Copyable {
    private let producer: Producer
    private let topic: ProducerTopic
    private var header: HeaderEncoder
    private var headers = HeaderList()
    /// By partition: where it stands, and what was committed last.
    private var places: [(partition: TopicPartition, next: Int64, committed: Int64)]

    init(producer: Producer, topic: ProducerTopic, input: [TopicPartition]) {
        self.producer = producer
        self.topic = topic
        header = HeaderEncoder(topic: input[0].topic)
        places = input.map { (partition: $0, next: 0, committed: 0) }
    }

    /// The positions that have moved since the last call.
    mutating func takePositions() -> [RecordPosition] {
        var moved: [RecordPosition] = []
        for index in places.indices where places[index].next > places[index].committed {
            places[index].committed = places[index].next
            let place = places[index]
            moved.append(
                RecordPosition(
                    topic: place.partition.topic, partition: place.partition.partition, next: NextOffset(place.next)))
        }
        return moved
    }

    mutating func forward(_ batch: borrowing RecordBatch, _ outputs: RecordViews) throws -> Int {
        var records = 0
        for index in 0..<batch.count where batch.kind(index) == .record {
            let record = batch.record(index)
            headers.removeAll()
            headers.add(HeaderEncoder.name, header.encode(partition: record.partition, offset: record.offset))
            try send(record, outputs[Int(record.offset) % outputs.count])
            places[Int(record.partition)].next = record.offset + 1
            records += 1
        }
        return records
    }

    private mutating func send(_ record: InputRecord, _ value: UnsafeRawBufferPointer) throws {
        while true {
            switch producer.produce(
                topic, key: record.key, value: value, timestamp: max(record.timestamp, 0), headers: headers, token: 0)
            {
            case .enqueued: return
            case .queueFull: try serve(milliseconds: 10)
            case .refused(let error): throw error
            }
        }
    }

    func serve(milliseconds: Int32) throws {
        var failure: KafkaError?
        producer.serve(timeoutMilliseconds: milliseconds) { _ in
        } failed: { failed in
            failure = failed.error
        }
        if let failure { throw failure }
    }
}

extension Producer {
    private static let patience: Int32 = 30_000

    fileprivate func beginFirst() throws {
        try expect(initTransactions(timeoutMilliseconds: Self.patience))
        try expect(beginTransaction())
    }

    /// What a plain transactional program does: it waits for its own commit.
    fileprivate func commitAndBegin(_ positions: [RecordPosition], _ consumer: Consumer) throws {
        try expect(sendOffsets(positions, of: consumer, timeoutMilliseconds: Self.patience))
        try expect(commitTransaction(timeoutMilliseconds: Self.patience))
        try expect(beginTransaction())
    }

    private func expect(_ outcome: TransactionOutcome) throws {
        guard case .done = outcome else { throw CommandError("the pass-through's transaction failed: \(outcome)") }
    }
}
