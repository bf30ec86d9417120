import KafkaClient
import TestSupport
import Foundation

/// Feeds a pipeline's features topic from the tests' own process, over one connection.
final class Feeder {
    private let producer: Producer
    private let topic: ProducerTopic
    private let labels: ProducerTopic
    /// Records fed so far.
    private(set) var count = 0

    init(_ pipeline: Pipeline) throws {
        producer = try Producer(
            properties: ["bootstrap.servers": pipeline.broker.bootstrapServers, "linger.ms": "0"], log: { _ in })
        topic = try producer.topic(pipeline.topic("features"))
        labels = try producer.topic(pipeline.topic("labels"))
    }

    deinit { producer.close(deadlineMilliseconds: 5_000) }

    /// Sends these records, and waits until the broker has all of them.
    /// - Parameter labels: they go to the labels topic, and aren't counted.
    func feed(_ records: [ProducedRecord], labels isLabel: Bool = false) throws {
        for record in records {
            var headers = HeaderList(capacity: 1)
            let trace = Array("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".utf8)
            let result = trace.withUnsafeBytes { trace in
                headers.add("traceparent", trace)
                return Self.withView(of: record.key) { key in
                    Self.withView(of: record.value) { value in
                        producer.produce(
                            isLabel ? labels : topic, partition: Int32(record.partition ?? -1), key: key, value: value,
                            timestamp: 1_700_000_000_000 + Int64(count), headers: headers, token: 0)
                    }
                }
            }
            guard result == .enqueued else { throw EndToEndError("an input wasn't taken: \(result)") }
            if !isLabel { count += 1 }
        }
        var (delivered, failed) = (0, 0)
        let deadline = Date(timeIntervalSinceNow: 30)
        while delivered + failed < records.count, deadline.timeIntervalSinceNow > 0 {
            producer.serve(timeoutMilliseconds: 10) {
                delivered += $0.count
            } failed: { _ in
                failed += 1
            }
        }
        guard delivered == records.count else {
            throw EndToEndError("of \(records.count) inputs \(delivered) were delivered, \(failed) refused")
        }
    }

    private static func withView<Result>(of text: String?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard let text else { return body(nil) }
        return Array(text.utf8).withUnsafeBytes { body($0) }
    }
}
