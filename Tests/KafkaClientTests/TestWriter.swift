import KafkaClient
import Records

/// A producer with what became of its records.
final class TestWriter {
    let producer: Producer
    var delivered: [UInt64] = []
    var failed: [FailedDelivery] = []

    init(_ properties: [String: String]) throws { producer = try Producer(properties: properties, log: { _ in }) }

    deinit { producer.close(deadlineMilliseconds: 10_000) }

    @discardableResult
    func produce(
        _ topic: String, partition: Int32 = -1, key: String? = nil, value: String?, timestamp: Int64 = 0,
        headers: [RecordHeader] = [], token: UInt64 = 0
    ) throws -> ProduceResult {
        let topic = try producer.topic(topic)
        var list = HeaderList(capacity: 1)
        // The views need their bytes to stay in place until the record is produced.
        let names = headers.map { UnsafeMutableBufferPointer<UInt8>.copy(of: $0.name) }
        let values = headers.map { $0.value.map { UnsafeMutableBufferPointer<UInt8>.copy(of: $0) } }
        defer {
            for name in names { name.deallocate() }
            for value in values { value?.deallocate() }
        }
        for (name, value) in zip(names, values) {
            list.add(UnsafeRawBufferPointer(name), value.map { UnsafeRawBufferPointer($0) })
        }
        return withBytes(key) { key in
            withBytes(value) { value in
                producer.produce(
                    topic, partition: partition, key: key, value: value, timestamp: timestamp, headers: list,
                    token: token)
            }
        }
    }

    func serve(timeoutMilliseconds: Int32 = 10) {
        producer.serve(timeoutMilliseconds: timeoutMilliseconds) {
            delivered.append(contentsOf: $0)
        } failed: {
            failed.append(copy $0)
        }
    }

    /// Sends all and waits for every report.
    func finish() -> Bool {
        let flushed = producer.flush(timeoutMilliseconds: 30_000)
        serve(timeoutMilliseconds: 0)
        return flushed
    }

    /// Numbers 0..<count as values, with the number as the token.
    func produceNumbers(_ count: Int, to topic: String, partition: Int32 = 0) throws -> Bool {
        for number in 0..<count {
            guard try produce(topic, partition: partition, value: String(number), token: UInt64(number)) == .enqueued
            else { return false }
        }
        return finish()
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    static func copy(of bytes: [UInt8]) -> Self {
        let buffer = Self.allocate(capacity: bytes.count)
        _ = buffer.initialize(from: bytes)
        return buffer
    }
}
