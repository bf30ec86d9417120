internal import Foundation
internal import KafkaClient
internal import Records
internal import Settings
internal import StreamService
internal import Synchronization
internal import Telemetry

/// Sends records at a fixed rate on one thread, and reads their predictions on another.
final class LatencyProbe: Sendable {
    private let setup: BenchSetup
    private let interval: Double
    private let records: Int
    /// The first ones, which don't count.
    private let warmUp: Int
    private let failure = Mutex<(any Error)?>(nil)

    private static let warmUpSeconds = 2.0
    /// How long the last predictions may take.
    private static let patience: Int64 = 15_000_000_000

    init(_ setup: BenchSetup, rate: Double, seconds: Double) throws {
        self.setup = setup
        interval = 1e9 / rate
        warmUp = Int(rate * Self.warmUpSeconds)
        records = warmUp + Int(rate * seconds)
    }

    /// - Throws: where predictions are missing.
    func run() throws -> LatencyHistogram {
        let consumer = try Consumer(
            properties: setup.settings.consumerProperties.merging(["group.id": "\(setup.name)-probe"]) { $1 }
        ) { _ in }
        defer { consumer.close(deadlineMilliseconds: 5_000) }
        var queue = try WorkerQueue(consumer: consumer)
        let predictions = TopicPartition(topic: setup.settings.topics.predictions, partition: 0)
        consumer.detachQueue(predictions)
        try consumer.assign([RecordPosition(topic: predictions.topic, partition: 0, next: NextOffset(0))])
        queue.attach(predictions)
        Thread.detachNewThread { [self] in
            do { try send() } catch { failure.withLock { $0 = error } }
        }
        return try receive(&queue)
    }

    private func receive(_ queue: inout WorkerQueue) throws -> LatencyHistogram {
        var histogram = LatencyHistogram()
        var received = 0
        let deadline =
            ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC) + Int64(Double(records) * interval) + Self.patience
        while received < records {
            if let error = failure.withLock({ $0 }) { throw error }
            queue.consume(timeoutMilliseconds: 100) { batch in
                let now = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
                for index in 0..<batch.count where batch.kind(index) == .record {
                    received += 1
                    guard received > warmUp, let due = Self.time(batch.record(index).key) else { continue }
                    histogram.record(nanoseconds: now - due)
                }
            }
            guard ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC) < deadline else {
                throw CommandError("\(records - received) of \(records) predictions didn't come")
            }
        }
        return histogram
    }

    private func send() throws {
        let producer = try BenchProducer(
            properties: setup.properties, topic: setup.settings.topics.features, partitions: 1)
        try setup.records.withRecords { views in
            let start = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC) + 200_000_000
            for index in 0..<records {
                let due = start + Int64(Double(index) * interval)
                Self.sleep(until: due)
                try withUnsafeBytes(of: Self.key(due)) { key in try producer.send(views[index % views.count], key: key)
                }
            }
        }
        try producer.finish()
    }

    private static func sleep(until due: Int64) {
        var time = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// Sixteen letters from a on, four bits each: the key becomes the prediction's id, which must be text.
    private static func key(_ nanoseconds: Int64) -> (UInt64, UInt64) {
        func letters(_ bits: UInt32) -> UInt64 {
            (0..<8).reduce(0) {
                $0 | UInt64(UInt8(ascii: "a") + UInt8(bits >> (4 * UInt32($1)) & 15)) << (8 * UInt64($1))
            }
        }
        return (
            letters(UInt32(truncatingIfNeeded: nanoseconds)), letters(UInt32(truncatingIfNeeded: nanoseconds >> 32))
        )
    }

    private static func time(_ key: UnsafeRawBufferPointer?) -> Int64? {
        guard let key, key.count == 16 else { return nil }
        return key.enumerated().reduce(0) { $0 | Int64($1.element &- UInt8(ascii: "a")) << (4 * Int64($1.offset)) }
    }
}
