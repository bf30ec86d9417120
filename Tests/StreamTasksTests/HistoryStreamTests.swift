import OnlineLearning
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Sequences made of a key's last records, through a whole task.
@Suite struct HistoryStreamTests {
    private func settings() throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: x}]
            history: {features: [x], steps: 4, keys: 64}
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: gru, hidden: 8, optimizer: {kind: adam, step-size: 0.01}}
            """)
    }

    /// UP where the key's value before this one was above 0: a record alone doesn't say it.
    private func records(_ count: Int, seed: UInt64) -> [(key: String, value: String)] {
        var random = SplitMix64(seed: seed)
        var before: [Int: Double] = [:]
        return (0..<count).map { _ in
            let key = Int.random(in: 0..<12, using: &random)
            let value = Double.random(in: -2...2, using: &random)
            let label = before.updateValue(value, forKey: key) ?? 0 > 0 ? "UP" : "DOWN"
            return ("k\(key)", #"{"features":{"x":\#(value)},"label":"\#(label)"}"#)
        }
    }

    @Test func `what only the key's earlier records tell is learned`() throws {
        var with = try TaskDriver(settings())
        var without = try TaskDriver(settings())
        for record in records(6_000, seed: 41) {
            with.pipe(record.value, key: record.key)
            without.pipe(record.value)
        }
        func accuracy(_ driver: borrowing TaskDriver) -> Double {
            driver.task.evaluation.windowed.named.first { $0.name == "accuracy" }?.value ?? 0
        }
        let (good, blind) = (accuracy(with), accuracy(without))
        #expect(good > 0.9 && blind < 0.6, "\(good) with keys, \(blind) without")
    }

    @Test func `a task goes on from a snapshot byte for byte`() throws {
        let records = records(400, seed: 42)
        var whole = try TaskDriver(settings())
        for record in records { whole.pipe(record.value, key: record.key) }
        for cut in [1, 57, 200] {
            var first = try TaskDriver(settings())
            for record in records[..<cut] { first.pipe(record.value, key: record.key) }
            var second = try TaskDriver(settings())
            try second.restore(first.task.snapshot(writtenAt: 0))
            for record in records[cut...] { second.pipe(record.value, key: record.key) }
            #expect(second.task.snapshot(writtenAt: 0).state == whole.task.snapshot(writtenAt: 0).state, "\(cut)")
        }
    }
}
