import Foundation
import KafkaClient
import TestSupport
import Testing

/// Transactions that are undone while the process lives: it goes back to the last commit, and on.
@Suite(.serialized) struct LostTransactionTests {
    @Test func `what an aborted transaction taught is forgotten, and everything is written once`() throws {
        let trial = try DeliveryTrial(.exactlyOnce, instance: "one")
        let process = try trial.start(["run"])
        try loseTransactions(6, of: process, in: trial)
        process.send(signal: SIGTERM)
        #expect(process.wait(seconds: 60) == .exit(0), "\(process.errors)")
        try trial.expectKept()
    }

    @Test func `killed while it aborts, a stream is as it was at the last commit`() throws {
        let trial = try DeliveryTrial(.exactlyOnce, instance: "one")
        for hit in 1...2 {
            let process = try trial.start(["run"], failpoint: "abortTransaction:\(hit)")
            try loseTransactions(30, of: process, in: trial)
            #expect(process.wait(seconds: 30) == .signal(SIGKILL), "\(process.errors)")
        }
        try trial.expectKept()
    }

    @Test func `a stream that keeps what an aborted transaction taught is found out`() throws {
        let trial = try DeliveryTrial(.exactlyOnce, instance: "one", breakage: "skip-restore")
        let process = try trial.start(["run"])
        try loseTransactions(4, of: process, in: trial)
        process.send(signal: SIGTERM)
        #expect(process.wait(seconds: 60) == .exit(0), "\(process.errors)")
        let findings = try trial.findings()
        #expect(findings.contains { $0.hasPrefix("state of partition") }, "\(findings)")
    }

    /// Takes the process's transactional ids away, in turn, while it works: the broker undoes what is open under them.
    private func loseTransactions(_ count: Int, of process: ChildProcess, in trial: DeliveryTrial) throws {
        #expect(process.waitFor("task ", seconds: 60), "\(process.errors)")
        let deadline = Date(timeIntervalSinceNow: 60)
        var turn = 0
        while process.isRunning, losses(of: process) < count {
            guard deadline.timeIntervalSinceNow > 0 else { throw EndToEndError("too few losses: \(process.errors)") }
            let before = losses(of: process)
            try fence("\(trial.pipeline.name)-one-0-\(turn.isMultiple(of: 2) ? "a" : "b")", in: trial) {
                try trial.feed(20)
            }
            turn += 1
            // Where the producer was just being renewed it has its id back, and nothing is lost.
            for _ in 0..<30 where process.isRunning && losses(of: process) == before {
                try trial.feed(4)
                Thread.sleep(forTimeInterval: 0.02)
            }
            trial.note("\(losses(of: process)) transactions are lost")
        }
    }

    private func losses(of process: ChildProcess) -> Int {
        process.errors.components(separatedBy: "a transaction is lost").count - 1
    }

    private func fence(_ id: String, in trial: DeliveryTrial, before: () throws -> Void) throws {
        let producer = try Producer(
            properties: [
                "bootstrap.servers": trial.pipeline.broker.bootstrapServers, "transactional.id": id,
            ], log: { _ in })
        defer { producer.close(deadlineMilliseconds: 5_000) }
        try before()
        let outcome = producer.initTransactions(timeoutMilliseconds: 20_000)
        guard outcome == .done else { throw EndToEndError("\(id) isn't taken over: \(outcome)") }
    }
}
