import Foundation
import KafkaClient
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

/// One pair of transactional producers against the mock: what becomes of the errors that a coordinator can give.
@Suite struct TransactionPairTests {
    @Test func `while one transaction ends the other one fills, and both commit in turn`() throws {
        let bench = try PairBench()
        var ends = 0
        for round in 0..<6 {
            for _ in 0..<50 { bench.produce() }
            bench.pair.cut(at: [bench.position(round + 1)])
            // The next one's outputs are taken whether this one's end is through or not.
            for _ in 0..<50 { bench.produce() }
            if case .committed = try bench.nextEnd() { ends += 1 }
        }
        #expect(ends == 6)
        bench.pair.cut(at: [bench.position(9)])
        _ = try bench.nextEnd()
        #expect(try bench.written() == 600)
    }

    @Test(arguments: [
        (MockRequest.endTransaction, [15, 16, 51] as [Int32]),  // no coordinator, not the coordinator, concurrent
        (.commitOffsetsInTransaction, [15]), (.addOffsetsToTransaction, [15, 51]), (.addPartitionsToTransaction, [51]),
    ])
    func `an error that passes delays the end and nothing else`(_ request: MockRequest, _ codes: [Int32]) throws {
        let bench = try PairBench()
        bench.produce()
        bench.cluster.pushErrors(codes, on: request)
        bench.pair.cut(at: [bench.position(1)])
        guard case .committed = try bench.nextEnd() else {
            Issue.record("it was not committed: \(String(describing: bench.pair.failure))")
            return
        }
        #expect(bench.pair.failure == nil)
    }

    @Test(arguments: [
        (MockRequest.endTransaction, 47 as Int32), (.endTransaction, 90), (.endTransaction, 48),
        (.commitOffsetsInTransaction, 22), (.commitOffsetsInTransaction, 25),
        (.commitOffsetsInTransaction, 82),
        (.addOffsetsToTransaction, 90), (.addPartitionsToTransaction, 90),
    ])
    func `a fenced, fatal or refused end loses both transactions, and renewed producers commit the next`(
        _ request: MockRequest, _ code: Int32
    ) throws {
        let bench = try PairBench()
        bench.produce()
        bench.cluster.pushErrors([code], on: request)
        bench.pair.cut(at: [bench.position(1)])
        bench.produce()
        guard case .failed = try bench.nextEnd() else {
            Issue.record("it was committed")
            return
        }
        #expect(bench.pair.failure != nil)
        bench.produce()
        #expect(!bench.pair.turns.mayCut, "nothing goes on before both are renewed")
        #expect(try bench.pair.renew())
        #expect(bench.pair.failure == nil)
        for round in 0..<3 {
            bench.produce()
            bench.pair.cut(at: [bench.position(round)])
            guard case .committed = try bench.nextEnd() else {
                Issue.record("the next transaction was not committed")
                return
            }
        }
    }

    @Test func `an end that times out is given up, and the next transaction is untouched`() throws {
        let bench = try PairBench(patience: 0.3)
        bench.produce()
        #expect(eventually { bench.settled() })
        try bench.cluster.takeDown()
        bench.pair.cut(at: [bench.position(1)])
        guard case .failed = try bench.nextEnd() else {
            Issue.record("it was committed without a broker")
            return
        }
        try bench.cluster.bringUp()
        #expect(try bench.pair.renew())
        bench.produce()
        bench.pair.cut(at: [bench.position(1)])
        guard case .committed = try bench.nextEnd() else {
            Issue.record("the next transaction was not committed")
            return
        }
    }

    @Test func `an output that the broker refuses for good is remembered with its bytes`() throws {
        let bench = try PairBench()
        bench.cluster.pushErrors([18], on: .produce)  // RECORD_LIST_TOO_LARGE
        bench.produce()
        bench.pair.cut(at: [bench.position(1)])
        guard case .failed(let failure) = try bench.nextEnd() else {
            Issue.record("it was committed")
            return
        }
        #expect(failure.undelivered.map(\.value) == [Array("value".utf8)])
        #expect(failure.undelivered.map(\.error.disposition) == [.deadLetter])
    }
}

/// A mock cluster, a pair of producers, and a member of a group.
private final class PairBench {
    let cluster: MockCluster
    let consumer: Consumer
    let pair: TransactionPair
    private let topics = TopicNames(
        features: "in", predictions: "out", drift: "drift", deadLetters: "dead", journal: "journal",
        snapshots: "snapshots", mix: "mix")
    private var headers = HeaderList()

    init(patience: Double = 20) throws {
        cluster = try MockCluster()
        for topic in ["in", "out", "drift", "dead"] { try cluster.createTopic(topic, partitions: 1) }
        let servers = cluster.bootstrapServers
        let topics = topics
        consumer = try Consumer(properties: ["bootstrap.servers": servers, "group.id": "group"]) { _ in }
        func producer(_ turn: String) throws -> TransactionalProducer {
            try TransactionalProducer(
                properties: [
                    "bootstrap.servers": servers, "transactional.id": "pair-\(turn)", "transaction.timeout.ms": "10000",
                    "reconnect.backoff.ms": "20", "reconnect.backoff.max.ms": "100", "retry.backoff.ms": "20",
                ], topics: topics, log: { _ in })
        }
        let first = try producer("a")
        let second = try producer("b")
        pair = TransactionPair(
            first, second, consumer: consumer, name: "ending", patience: patience,
            clock: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }, wake: {})
        guard try pair.renew() else { throw StreamTestError("the producers were not made ready") }
    }

    deinit {
        pair.close()
        consumer.close(deadlineMilliseconds: 5_000)
    }

    func position(_ next: Int) -> RecordPosition {
        RecordPosition(topic: "in", partition: 0, next: NextOffset(Int64(next)))
    }

    func produce() {
        let value = Array("value".utf8)
        value.withUnsafeBytes { value in
            let result = pair.produce(.prediction, key: nil, value: value, timestamp: 0, headers: headers)
            #expect(result == .enqueued)
        }
    }

    /// Whether what was produced is on the broker.
    func settled() -> Bool {
        _ = pair.advance(waitMilliseconds: 10) { _ in }
        return (try? written()) ?? 0 > 0
    }

    func nextEnd() throws -> TransactionEnd {
        var end: TransactionEnd?
        let came = eventually {
            end = pair.advance(waitMilliseconds: 1) { _ in Issue.record("an output was refused") }
            return end != nil
        }
        guard came, let end else { throw StreamTestError("the transaction's end never came") }
        return end
    }

    func written() throws -> Int64 {
        try consumer.watermarks(TopicPartition(topic: "out", partition: 0), timeoutMilliseconds: 10_000).high
    }
}
