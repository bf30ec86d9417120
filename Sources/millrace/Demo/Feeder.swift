internal import Foundation
internal import KafkaClient

/// Produces records to one topic, in order, paced or as fast as they are taken. Used on one thread.
final class Feeder {
    private let producer: Producer
    private let topic: ProducerTopic
    private let rate: Double?
    private let started = Date()
    private let headers = HeaderList(capacity: 1)
    private var failure: KafkaError?
    private(set) var sent: UInt64 = 0

    init(properties: [String: String], topic name: String, rate: Double? = nil) throws {
        var properties = properties.filter { $0.key != "group.id" && $0.key != "group.instance.id" }
        properties["enable.idempotence"] = "true"
        properties["partitioner"] = "murmur2_random"
        producer = try Producer(properties: properties) { _ in }
        topic = try producer.topic(name)
        self.rate = rate
    }

    /// Enqueues one record; waits where its time hasn't come or the producer is full.
    /// - Throws: the first delivery that failed.
    func send(_ value: UnsafeRawBufferPointer) throws {
        if let rate {
            let due = started.addingTimeInterval(Double(sent) / rate)
            while due.timeIntervalSinceNow > 0 {
                serve(milliseconds: Int32(min(due.timeIntervalSinceNow * 1000, 100)))
                if due.timeIntervalSinceNow < 0.001 { break }
            }
        }
        while true {
            switch producer.produce(topic, key: nil, value: value, timestamp: 0, headers: headers, token: sent) {
            case .enqueued:
                sent += 1
                if sent % 256 == 0 { serve(milliseconds: 0) }
                if let failure { throw failure }
                return
            case .queueFull: serve(milliseconds: 10)
            case .refused(let error): throw error
            }
        }
    }

    /// Waits until everything is delivered.
    func finish() throws {
        while producer.outstanding > 0, failure == nil {
            _ = producer.flush(timeoutMilliseconds: 100)
            serve(milliseconds: 0)
        }
        if let failure { throw failure }
        _ = producer.close(deadlineMilliseconds: 5_000)
    }

    private func serve(milliseconds: Int32) {
        producer.serve(timeoutMilliseconds: milliseconds) { _ in
        } failed: { failed in
            if failure == nil { failure = failed.error }
        }
    }
}
