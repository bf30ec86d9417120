import Foundation
import KafkaClient
import Records
import Testing
import TestSupport

/// On the external broker: the mock hides no aborted records and fences nobody.
@Suite struct TransactionTests {
    private func transactional(_ cluster: TestCluster, _ id: String) throws -> TestWriter {
        try TestWriter(cluster.properties(["transactional.id": id, "transaction.timeout.ms": "10000"]))
    }

    @Test func `committed records and offsets are seen, aborted ones never`() throws {
        let cluster = try TestCluster(.external)
        let input = try cluster.topic("input")
        let output = try cluster.topic("output")
        let plain = try TestWriter(cluster.properties())
        #expect(try plain.produceNumbers(4, to: input))

        let reader = try TestReader(cluster.consumerProperties(["isolation.level": "read_committed"]))
        try reader.consumer.subscribe([input])
        #expect(
            try eventually {
                try reader.turn(); return reader.records.count == 4
            })
        let place = TopicPartition(topic: input, partition: 0)

        let writer = try transactional(cluster, "committing-\(UUID().uuidString)")
        #expect(writer.producer.initTransactions(timeoutMilliseconds: 30_000) == .done)

        #expect(writer.producer.beginTransaction() == .done)
        try writer.produce(output, value: "aborted", token: 1)
        let early = [RecordPosition(topic: input, partition: 0, next: NextOffset(4))]
        #expect(writer.producer.sendOffsets(early, of: reader.consumer, timeoutMilliseconds: 30_000) == .done)
        #expect(writer.producer.abortTransaction(timeoutMilliseconds: 30_000) == .done)
        #expect(try reader.consumer.committed([place], timeoutMilliseconds: 20_000) == [:])

        #expect(writer.producer.beginTransaction() == .done)
        try writer.produce(output, value: "committed", token: 2)
        let later = [RecordPosition(topic: input, partition: 0, next: NextOffset(2))]
        #expect(writer.producer.sendOffsets(later, of: reader.consumer, timeoutMilliseconds: 30_000) == .done)
        #expect(writer.producer.commitTransaction(timeoutMilliseconds: 30_000) == .done)
        writer.serve(timeoutMilliseconds: 0)
        #expect(writer.delivered.last == 2)
        #expect(try reader.consumer.committed([place], timeoutMilliseconds: 20_000) == [place: NextOffset(2)])

        let check = try TestReader(cluster.consumerProperties(["isolation.level": "read_committed"]))
        try check.read(TopicPartition(topic: output, partition: 0))
        #expect(
            try eventually {
                try check.turn(); return !check.ends.isEmpty
            })
        #expect(check.records.map(\.value) == ["committed"])
        #expect(reader.close())
    }

    @Test func `a newer producer of the same id fences the older one, for good`() throws {
        let cluster = try TestCluster(.external)
        let output = try cluster.topic("output")
        let id = "fenced-\(UUID().uuidString)"
        let old = try transactional(cluster, id)
        #expect(old.producer.initTransactions(timeoutMilliseconds: 30_000) == .done)
        #expect(old.producer.beginTransaction() == .done)
        try old.produce(output, value: "zombie")
        #expect(old.finish())

        let new = try transactional(cluster, id)
        #expect(new.producer.initTransactions(timeoutMilliseconds: 30_000) == .done)
        guard case .fenced(let error) = old.producer.commitTransaction(timeoutMilliseconds: 30_000) else {
            Issue.record("the zombie wasn't fenced")
            return
        }
        #expect(error.isFenced)
        #expect(old.producer.fatalError != nil)
        #expect(new.producer.beginTransaction() == .done)
        try new.produce(output, value: "heir")
        #expect(new.producer.commitTransaction(timeoutMilliseconds: 30_000) == .done)

        let check = try TestReader(cluster.consumerProperties(["isolation.level": "read_committed"]))
        try check.read(TopicPartition(topic: output, partition: 0))
        #expect(
            try eventually {
                try check.turn(); return !check.ends.isEmpty
            })
        #expect(check.records.map(\.value) == ["heir"])
    }

    @Test func `a step out of order is fatal to the transaction's caller, not to the process`() throws {
        let cluster = try TestCluster(.mock)
        let writer = try transactional(cluster, "order")
        guard case .fatal(let error) = writer.producer.beginTransaction() else {
            Issue.record("began before the initialization")
            return
        }
        #expect(error.name == "_STATE")
        #expect(writer.producer.initTransactions(timeoutMilliseconds: 30_000) == .done)
        #expect(writer.producer.beginTransaction() == .done)
        #expect(writer.producer.commitTransaction(timeoutMilliseconds: 30_000) == .done)
    }

    @Test func `a coordinator that is away for a moment makes a step retriable, and the same call then works`() throws {
        let cluster = try TestCluster(.mock)
        let writer = try transactional(cluster, "patient")
        try cluster.takeDown()
        guard case .retriable(let error) = writer.producer.initTransactions(timeoutMilliseconds: 300) else {
            Issue.record("initialized without a broker")
            return
        }
        #expect(error.isTimeout)
        try cluster.bringUp()
        #expect(eventually { writer.producer.initTransactions(timeoutMilliseconds: 5000) == .done })
    }

    @Test func `records of an aborted transaction are reported as failed`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties(["transactional.id": "abort", "linger.ms": "10000"]))
        #expect(writer.producer.initTransactions(timeoutMilliseconds: 30_000) == .done)
        #expect(writer.producer.beginTransaction() == .done)
        try writer.produce(topic, value: "v", token: 9)
        #expect(writer.producer.abortTransaction(timeoutMilliseconds: 30_000) == .done)
        writer.serve(timeoutMilliseconds: 0)
        #expect(writer.failed.map(\.token) == [9])
        #expect(writer.delivered == [])
    }
}
