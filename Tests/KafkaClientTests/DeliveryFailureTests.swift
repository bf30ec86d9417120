import KafkaClient
import Records
import Testing
import TestSupport

@Suite struct DeliveryFailureTests {
    @Test func `a record over the producer's limit is refused at once, and nothing more is heard of it`() throws {
        let cluster = try TestCluster(.mock)
        let writer = try TestWriter(cluster.properties(["message.max.bytes": "1000"]))
        let large = String(repeating: "x", count: 5000)
        let headers = [RecordHeader("millrace-input", "t/0/1")]
        guard case .refused(let error) = try writer.produce(try cluster.topic(), value: large, headers: headers) else {
            Issue.record("the record was taken")
            return
        }
        #expect(error.name == "MSG_SIZE_TOO_LARGE")
        #expect(error.disposition == .deadLetter)
        #expect(writer.finish())
        #expect(writer.delivered == [])
        #expect(writer.failed.isEmpty)
    }

    @Test(arguments: [(Int32(10), Disposition.deadLetter), (87, .deadLetter), (29, .stop)])
    func `a record that the broker refuses comes back whole`(code: Int32, disposition: Disposition) throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties(["message.send.max.retries": "0"]))
        cluster.push([code], on: .produce)
        let headers = [RecordHeader("a", "1"), RecordHeader("none", nil)]
        try writer.produce(topic, key: "k", value: "v", timestamp: 42, headers: headers, token: 7)
        #expect(
            eventually {
                writer.serve(); return !writer.failed.isEmpty
            })
        let failure = try #require(writer.failed.first)
        #expect(failure.token == 7)
        #expect(failure.error.code == code)
        #expect(failure.error.disposition == disposition)
        #expect(failure.topic == topic)
        #expect(failure.partition == 0)
        #expect(failure.key == Array("k".utf8))
        #expect(failure.value == Array("v".utf8))
        #expect(failure.timestamp == 42)
        #expect(failure.headers == headers)
        #expect(writer.delivered == [])

        // What came back is enough to send it again; a topic that we may not write to is closed to it for now.
        guard disposition == .deadLetter else { return }
        try writer.produce(topic, key: "k", value: "v", timestamp: 42, headers: failure.headers, token: failure.token)
        #expect(writer.finish())
        #expect(writer.delivered == [7])
    }

    @Test func `passing errors are retried by the client itself, in order`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties(["enable.idempotence": "true", "retry.backoff.ms": "10"]))
        cluster.push([6, 7, 19], on: .produce)  // no leader here, timed out, too few replicas
        #expect(try writer.produceNumbers(10, to: topic))
        #expect(writer.delivered == (0..<10).map(UInt64.init))
        #expect(writer.failed.isEmpty)
    }

    @Test func `a partition that doesn't exist is refused, headers or not, and frees nothing twice`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(1, to: topic))  // from here on the partition count is known
        let headers = (0..<20).map { RecordHeader("header-\($0)", "value-\($0)") }
        for round in 0..<200 {
            let headers = round.isMultiple(of: 2) ? headers : []
            guard case .refused(let error) = try writer.produce(topic, partition: 9, value: "v", headers: headers)
            else {
                Issue.record("the record was taken")
                return
            }
            #expect(error.name == "_UNKNOWN_PARTITION")
            #expect(error.isUnknownTopic)
        }
        #expect(try writer.produce(topic, partition: 0, value: "v", headers: headers, token: 1) == .enqueued)
        #expect(writer.finish())
        #expect(writer.delivered == [0, 1])
    }

    @Test func `a topic that doesn't exist fails at delivery`() throws {
        let cluster = try TestCluster(.mock)
        // Else it is taken for a topic that the brokers have yet to hear of.
        let writer = try TestWriter(cluster.properties(["topic.metadata.propagation.max.ms": "100"]))
        cluster.setError(3, ofTopic: "nowhere")
        try writer.produce("nowhere", value: "v", headers: [RecordHeader("a", "1")], token: 5)
        #expect(
            eventually {
                writer.serve(); return !writer.failed.isEmpty
            })
        #expect(writer.failed.first?.token == 5)
        #expect(writer.failed.first?.error.isUnknownTopic == true)
        #expect(writer.failed.first?.headers == [RecordHeader("a", "1")])
    }

    @Test func `a full queue says so, and takes records again once it is served`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties(["queue.buffering.max.messages": "10", "linger.ms": "10000"]))
        let headers = [RecordHeader("a", "1")]
        for number in 0..<10 {
            #expect(try writer.produce(topic, value: "v", headers: headers, token: UInt64(number)) == .enqueued)
        }
        for _ in 0..<100 { #expect(try writer.produce(topic, value: "v", headers: headers) == .queueFull) }
        #expect(writer.producer.outstanding == 10)
        #expect(writer.finish())
        #expect(writer.delivered == (0..<10).map(UInt64.init))
        #expect(try writer.produce(topic, value: "v", headers: headers, token: 10) == .enqueued)
        #expect(writer.finish())
        #expect(writer.delivered.last == 10)
    }

    @Test func `closing with records that can't be sent doesn't hang, and reports them as failed`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(1, to: topic))
        try cluster.takeDown()
        for token in UInt64(1)...5 { try writer.produce(topic, value: "v", token: token) }
        #expect(!writer.producer.flush(timeoutMilliseconds: 50))
        #expect(writer.producer.close(deadlineMilliseconds: 20_000))
        writer.serve(timeoutMilliseconds: 0)
        #expect(writer.failed.map(\.token).sorted() == [1, 2, 3, 4, 5])
        #expect(writer.failed.allSatisfy { $0.error.name.hasPrefix("_PURGE") })
        #expect(writer.producer.close(deadlineMilliseconds: 0))
    }

    @Test func `a closed producer refuses records and topics, and another's topic is refused`() throws {
        let cluster = try TestCluster(.mock)
        let one = try Producer(properties: cluster.properties(), log: { _ in })
        let two = try Producer(properties: cluster.properties(), log: { _ in })
        let topic = try one.topic("t")
        let headers = HeaderList()
        let result = two.produce(topic, key: nil, value: nil, timestamp: 0, headers: headers, token: 0)
        guard case .refused = result else {
            Issue.record("the record was taken")
            return
        }
        #expect(one.close(deadlineMilliseconds: 10_000))
        #expect(two.close(deadlineMilliseconds: 10_000))
        guard case .refused = one.produce(topic, key: nil, value: nil, timestamp: 0, headers: headers, token: 0) else {
            Issue.record("the record was taken")
            return
        }
        #expect(throws: KafkaError.self) { try one.topic("t") }
        #expect(one.outstanding == 0)
        #expect(one.flush(timeoutMilliseconds: 0))
    }
}
