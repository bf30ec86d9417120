import Foundation
import KafkaClient
import Records
import Settings
import Testing

/// A service whose transactions fail. The mock cluster neither keeps the offsets of a transaction nor hides an aborted one:
/// so a restored task begins anew, and what counts is that every output is right and that nothing that was undone stays in
/// the state. That readers of committed records see each output once is shown on a real broker.
@Suite struct TransactionFaultTests {
    @Test(arguments: [
        (MockRequest.endTransaction, Int32(90)),  // PRODUCER_FENCED
        (.endTransaction, 48),  // INVALID_TXN_STATE
        (.commitOffsetsInTransaction, 22),  // ILLEGAL_GENERATION
        (.addPartitionsToTransaction, 47),  // INVALID_PRODUCER_EPOCH
        (.addOffsetsToTransaction, 90),
    ])
    func `a lost transaction takes the tasks back, and nothing of it stays in the model`(
        _ request: MockRequest, _ code: Int32
    ) async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(more: "delivery: exactly-once")
            let records = inputs(600, seed: 81)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<200]))
            try stream.wait(untilDelivered: 200)
            cluster.mock.pushErrors([code], on: request)
            try cluster.feed(Array(records[200...]))
            try stream.wait("the tasks are restored") { stream.log.contains("a transaction is lost") }
            try stream.wait(untilDelivered: 600)
            try stream.stop()
            try cluster.expectRight(records)
        }
    }

    @Test func `a prediction that the broker refuses for good is a dead letter in the next transaction`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(more: "delivery: exactly-once")
            let records = inputs(300, seed: 82, malformed: false)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<100]))
            try stream.wait(untilDelivered: 100)
            let feeder = try cluster.openFeeder()
            cluster.mock.pushErrors([0, 10], on: .produce)  // the feeder's own request, then MSG_SIZE_TOO_LARGE
            try feeder.send(records[100])
            try stream.wait("the tasks are restored") { stream.log.contains("a transaction is lost") }
            try feeder.close()
            try stream.wait(untilDelivered: 101)
            try cluster.feed(Array(records[101...]))
            try stream.wait(untilDelivered: 300)
            try stream.stop()
            let refused = "\(cluster.settings.topics.features)/0/100"
            try cluster.expectRight(records, refused: [refused])
            let letters = try cluster.read(cluster.settings.topics.deadLetters)
            #expect(letters.map(\.input) == [refused])
            #expect(letters.first?.headers["__connect.errors.exception.class.name"] == "MSG_SIZE_TOO_LARGE")
        }
    }

    @Test func `a broker that goes away in the middle of a transaction costs nothing but time`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(more: "delivery: exactly-once")
            let records = inputs(400, seed: 83)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<200]))
            try stream.wait(untilDelivered: 200)
            try cluster.mock.takeDown()
            Thread.sleep(forTimeInterval: 0.5)
            try cluster.mock.bringUp()
            try cluster.feed(Array(records[200...]))
            try stream.wait(untilDelivered: 400)
            try stream.stop()
            try cluster.expectRight(records)
        }
    }
}

extension StreamCluster {
    /// Every input has its prediction or dead letter, each with the bytes that it must have, and the state is that of a run
    /// without faults.
    func expectRight(
        _ records: [Input], refused: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let whole = try FaultlessRun(self, [0: records])
        var seen: Set<String> = []
        for record in try read(settings.topics.predictions) {
            seen.insert(record.input)
            #expect(record.value == whole.predictions[record.input], sourceLocation: sourceLocation)
        }
        #expect(
            seen.subtracting(refused) == Set(whole.predictions.keys).subtracting(refused),
            sourceLocation: sourceLocation)
        let letters = Set(try read(settings.topics.deadLetters).map(\.input))
        #expect(letters == Set(whole.deadLetters.keys).union(refused), sourceLocation: sourceLocation)
        #expect(try finalStates() == whole.states, sourceLocation: sourceLocation)
    }
}
