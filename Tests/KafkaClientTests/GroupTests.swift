import Foundation
import KafkaClient
import Records
import Testing
import TestSupport

@Suite struct GroupTests {
    @Test(arguments: Broker.allCases)
    func `one member gets all partitions, commits the next offsets, and its successor goes on there`(
        broker: Broker
    ) throws {
        let cluster = try TestCluster(broker)
        let topic = try cluster.topic(partitions: 2)
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(5, to: topic, partition: 0))
        #expect(try writer.produceNumbers(3, to: topic, partition: 1))
        let group = "group-\(UUID().uuidString)"
        let first = try TestReader(cluster.consumerProperties(group: group))
        try first.consumer.subscribe([topic])
        #expect(
            try eventually {
                try first.turn(); return first.ends.count == 2
            })
        #expect(first.records.count == 8)
        #expect(first.consumer.rebalanceProtocol == .eager)
        #expect(first.consumer.memberID != nil)

        first.consumer.commitAsync(first.nextPositions)
        #expect(
            try eventually {
                try first.turn(); return first.consumer.commitCounts.outstanding == 0
            })
        #expect(first.consumer.commitCounts.succeeded == 1)
        let partitions = (0..<2).map { TopicPartition(topic: topic, partition: Int32($0)) }
        let committed = try first.consumer.committed(partitions, timeoutMilliseconds: 10_000)
        #expect(committed == [partitions[0]: NextOffset(5), partitions[1]: NextOffset(3)])
        #expect(try first.consumer.watermarks(partitions[0], timeoutMilliseconds: 10_000) == (0, 5))
        #expect(first.close())
        #expect(first.events.contains(.revoked(partitions, lost: false)))

        try writer.produce(topic, partition: 1, value: "later")
        #expect(writer.finish())
        let second = try TestReader(cluster.consumerProperties(group: group))
        try second.consumer.subscribe([topic])
        #expect(
            try eventually {
                try second.turn(); return second.ends.count == 2
            })
        #expect(second.records.map(\.value) == ["later"])
        #expect(second.records.map(\.offset) == [3])
        #expect(second.close())
    }

    @Test(arguments: Broker.allCases)
    func `a second member takes a partition over, at the position that the first committed`(broker: Broker) throws {
        let cluster = try TestCluster(broker)
        let topic = try cluster.topic(partitions: 2)
        let writer = try TestWriter(cluster.properties())
        for partition in Int32(0)..<2 { #expect(try writer.produceNumbers(4, to: topic, partition: partition)) }
        let group = "group-\(UUID().uuidString)"
        let properties = cluster.consumerProperties(group: group)
        let first = try TestReader(properties)
        first.commitsAtRevoke = true
        try first.consumer.subscribe([topic])
        #expect(
            try eventually {
                try first.turn(); return first.ends.count == 2
            })
        try first.consumer.commitSync(first.nextPositions, timeoutMilliseconds: 30_000)

        let second = try TestReader(properties)
        try second.consumer.subscribe([topic])
        #expect(
            try eventually(seconds: 60) {
                try first.turn()
                try second.turn()
                return first.owned.count == 1 && second.owned.count == 1
            })
        #expect(first.owned.isDisjoint(with: second.owned))
        #expect(second.records == [])
        for partition in Int32(0)..<2 { try writer.produce(topic, partition: partition, value: "more") }
        #expect(writer.finish())
        #expect(
            try eventually {
                try first.turn()
                try second.turn()
                return (first.records + second.records).count { $0.value == "more" } == 2
            })
        #expect(second.records.map(\.offset) == [4])
        #expect(second.close())
        #expect(first.close())
    }

    @Test(arguments: Broker.allCases)
    func `a commit's note is kept with its position, and goes with the next commit that has none`(
        broker: Broker
    ) throws {
        let cluster = try TestCluster(broker)
        let topic = try cluster.topic()
        let place = TopicPartition(topic: topic, partition: 0)
        let consumer = try Consumer(
            properties: cluster.consumerProperties(group: "group-\(UUID().uuidString)"), log: { _ in })
        var position = RecordPosition(topic: topic, partition: 0, next: NextOffset(3), note: "begun, größer")
        try consumer.commitSync([position], timeoutMilliseconds: 30_000)
        #expect(try consumer.committedPositions([place], timeoutMilliseconds: 10_000) == [place: position])
        position.note = nil
        position.next = NextOffset(4)
        try consumer.commitSync([position], timeoutMilliseconds: 30_000)
        #expect(try consumer.committedPositions([place], timeoutMilliseconds: 10_000) == [place: position])
        #expect(consumer.close(deadlineMilliseconds: 10_000))
    }

    @Test func `closing serves the revoke, and a commit within it counts`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(3, to: topic))
        let group = "group-\(UUID().uuidString)"
        let place = TopicPartition(topic: topic, partition: 0)
        let reader = try TestReader(cluster.consumerProperties(group: group))
        try reader.consumer.subscribe([topic])
        #expect(
            try eventually {
                try reader.turn(); return reader.ends.count == 1
            })
        var revoked: [TopicPartition] = []
        let closed = reader.consumer.close(deadlineMilliseconds: 20_000) { event in
            guard case .revoked(let partitions, lost: false) = event else { return }
            revoked = partitions
            #expect(throws: Never.self) {
                try reader.consumer.commitSync(reader.nextPositions, timeoutMilliseconds: 30_000)
            }
            reader.dropQueue()
        }
        #expect(closed)
        #expect(revoked == [place])
        let next = try TestReader(cluster.consumerProperties(group: group))
        #expect(try next.consumer.committed([place], timeoutMilliseconds: 10_000) == [place: NextOffset(3)])
    }

    @Test func `a commit that nobody answers is given up when its time is over, and the client closes all the same`()
        throws
    {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let reader = try TestReader(cluster.consumerProperties())
        try reader.consumer.subscribe([topic])
        #expect(
            try eventually {
                try reader.turn(); return reader.owned.count == 1
            })
        try cluster.takeDown()
        let position = RecordPosition(topic: topic, partition: 0, next: NextOffset(0))
        let error = #expect(throws: KafkaError.self) {
            try reader.consumer.commitSync([position], timeoutMilliseconds: 300)
        }
        #expect(error?.isTimeout == true, "\(String(describing: error))")
        #expect(error?.disposition == .retry)
        try cluster.bringUp()
        #expect(
            eventually {
                (try? reader.consumer.commitSync([position], timeoutMilliseconds: 1_000)) != nil
            }, "it is taken once the coordinator is back")
        #expect(reader.close())
    }

    @Test func `closing keeps its deadline where a worker's queue lives on, and ends once that is gone`() throws {
        let cluster = try TestCluster(.mock)
        let reader = try TestReader(cluster.consumerProperties())
        #expect(!reader.consumer.close(deadlineMilliseconds: 200))
        reader.dropQueue()
        #expect(reader.consumer.poll(timeoutMilliseconds: 0) == nil)
        #expect(throws: KafkaError.self) { try reader.consumer.subscribe(["any"]) }
    }

    @Test func `nothing of a detached partition is handed over any more`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let place = TopicPartition(topic: topic, partition: 0)
        let writer = try TestWriter(cluster.properties(["linger.ms": "5"]))
        #expect(try writer.produceNumbers(100, to: topic))
        let reader = try TestReader(cluster.consumerProperties(), capacity: 1)
        try reader.read(place)
        #expect(
            try eventually {
                try reader.turn(); return reader.records.count == 5
            })
        reader.detach(place)
        try reader.consumer.unassign()
        for _ in 0..<20 { try reader.turn() }
        #expect(reader.records.count == 5)

        // A new assignment starts where it says, and what the old one had fetched doesn't come before.
        try reader.read(place, from: 50)
        #expect(
            try eventually {
                try reader.turn(); return reader.ends[place] != nil
            })
        #expect(reader.records.dropFirst(5).map(\.offset) == Array(50..<100))
    }

    @Test func `a commit for a partition that isn't ours is stale, reported and counted, and not fatal`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let reader = try TestReader(cluster.consumerProperties())
        try reader.consumer.subscribe([topic])
        #expect(
            try eventually {
                try reader.turn(); return reader.owned.count == 1
            })
        let code: Int32 = 22  // ILLEGAL_GENERATION
        cluster.push([code], on: .offsetCommit)
        let position = RecordPosition(topic: topic, partition: 0, next: NextOffset(0))
        reader.consumer.commitAsync([position])
        #expect(
            try eventually {
                try reader.turn(); return reader.consumer.commitCounts.outstanding == 0
            })
        #expect(reader.consumer.commitCounts.stale == 1)
        let failure = reader.events.compactMap {
            if case .commitFailed(let at, let error) = $0 { (at, error) } else { nil }
        }
        #expect(failure.first?.0 == [position])
        #expect(failure.first?.1.isStale == true)
        #expect(failure.first?.1.isFatal == false)
        #expect(reader.consumer.fatalError == nil)
    }

    @Test func `a consumer without a group gets its failed commit as an event too`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let consumer = try Consumer(properties: cluster.properties(), log: { _ in })
        consumer.commitAsync([RecordPosition(topic: topic, partition: 0, next: NextOffset(1))])
        var failed = false
        #expect(
            eventually {
                if case .commitFailed = consumer.poll(timeoutMilliseconds: 10) { failed = true }
                return failed
            })
        #expect(consumer.commitCounts.outstanding == 0)
        #expect(consumer.close(deadlineMilliseconds: 10_000))
    }

    @Test func `a position beyond the log is an error item, since the reset policy is error`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(2, to: topic))
        let reader = try TestReader(cluster.consumerProperties())
        try reader.read(TopicPartition(topic: topic, partition: 0), from: 99)
        #expect(
            try eventually {
                try reader.turn(); return !reader.failures.isEmpty
            })
        #expect(reader.failures.first?.isOffsetOutOfRange == true)
        #expect(reader.failures.first?.disposition == .stop)
    }

    @Test func `another thread ends a wait`() throws {
        let cluster = try TestCluster(.mock)
        let consumer = try Consumer(properties: cluster.consumerProperties(), log: { _ in })
        var queue = try WorkerQueue(consumer: consumer)
        let waker = queue.waker
        waker.wake()  // before the wait: the next one ends at once
        #expect(queue.consume(timeoutMilliseconds: -1) { _ in } == 0)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            waker.wake()
        }
        #expect(queue.consume(timeoutMilliseconds: -1) { _ in } == 0)
        _ = consume queue
        waker.wake()  // the queue is gone: nothing happens
        #expect(consumer.close(deadlineMilliseconds: 10_000))
    }
}
