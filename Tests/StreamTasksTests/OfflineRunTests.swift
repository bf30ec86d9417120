import DatasetFiles
import Foundation
import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

@Suite struct OfflineRunTests {
    private func flights(_ model: String) throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: flights
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
              - {name: dep_delay}
              - {name: distance}
              - {name: sched_dep_min}
              - {name: sched_arr_min}
              - {name: month}
              - {name: weekday}
            target: {kind: regression}
            model: \(model)
            """)
    }

    private func meanLoss(_ settings: PipelineSettings, partitions: Int, records: Int) throws -> Double {
        var run = try OfflineRun(settings, partitions: partitions)
        var reader = try DatasetReader(
            path: Fixtures.data("flights.csv.gz").path, columns: DatasetColumns(label: "arr_delay"))
        while run.records < records, let value = try reader.next() { run.process(value) }
        #expect(run.counters.learned == UInt64(records))
        #expect(run.overall.records == UInt64(records))
        let loss = run.meanLoss
        return try #require(loss)
    }

    @Test func `a shared model over 2, 4 and 8 partitions stays within 2 % of the loss of one`() throws {
        let shared = try flights("{kind: linear, scope: shared}")
        let one = try meanLoss(shared, partitions: 1, records: 50_000)
        for partitions in [2, 4, 8] {
            let loss = try meanLoss(shared, partitions: partitions, records: 50_000)
            #expect(loss <= 1.02 * one, "\(partitions) partitions: \(loss) against \(one)")
        }
        // Each for itself they don't: the test can fail.
        let own = try meanLoss(flights("{kind: linear, optimizer: {kind: sgd}}"), partitions: 8, records: 50_000)
        #expect(own > 1.02 * one)
    }

    @Test func `one partition is the same with either scope`() throws {
        let own = try meanLoss(flights("{kind: linear, optimizer: {kind: sgd}}"), partitions: 1, records: 5_000)
        #expect(try meanLoss(flights("{kind: linear, scope: shared}"), partitions: 1, records: 5_000) == own)
    }

    @Test func `messages that come late help less, and hardly harm`() throws {
        let settings = try SampleSettings.binary(model: "{kind: logistic, scope: shared, mix: {every: 20}}")
        func meanLoss(_ settings: PipelineSettings, delay: Int) throws -> Double {
            var run = try OfflineRun(settings, partitions: 8, mixDelay: delay)
            for record in sampleRecords(4_000, seed: 132) { Array(record.utf8).withUnsafeBytes { run.process($0) } }
            let loss = run.meanLoss
            return try #require(loss)
        }
        let atOnce = try meanLoss(settings, delay: 0)
        let late = try meanLoss(settings, delay: 500)
        let alone = try SampleSettings.binary(model: "{kind: logistic, optimizer: {kind: sgd}}")
        let never = try meanLoss(alone, delay: 0)
        #expect(atOnce < never && atOnce < late && late < 1.2 * never, "\(atOnce), \(late), \(never)")
        #expect(try meanLoss(settings, delay: 500) == late)
    }

    @Test func `records are dealt in turn, and refused ones count`() throws {
        let settings = try SampleSettings.binary(model: "{kind: logistic, scope: shared, mix: {every: 50}}")
        func run() throws -> (TaskCounters, Double?, [String: Double], Int, String?) {
            var run = try OfflineRun(settings, partitions: 3)
            for record in sampleRecords(3_000, seed: 131) { Array(record.utf8).withUnsafeBytes { run.process($0) } }
            let metrics = Dictionary(run.overall.named.map { ($0.name, $0.value) }) { first, _ in first }
            return (run.counters, run.meanLoss, metrics, run.sink.mixes, run.sink.firstReason)
        }
        let first = try run()
        #expect(first.0.consumed == 3_000)
        #expect(first.0.predicted + first.0.refused == 3_000)
        #expect(first.0.refused > 100)
        #expect(first.3 > 3 * 16)
        #expect(first.4?.contains("record ") == true)
        #expect(try #require(first.2["accuracy"]) > 0.7)
        let second = try run()
        #expect(second.0 == first.0 && second.1 == first.1 && second.2 == first.2 && second.3 == first.3)
    }

    private func electricity(labelDelay: Int, partitions: Int = 1) throws -> (
        accuracy: Double, evaluated: UInt64, learned: UInt64
    ) {
        var run = try OfflineRun(
            SampleSettings.electricity(), partitions: partitions, labelDelay: labelDelay)
        var reader = try DatasetReader(
            path: Fixtures.data("electricity.csv.gz").path, columns: DatasetColumns(label: "class"))
        while run.records < 10_000, let value = try reader.next() { run.process(value) }
        let before = run.overall.records
        #expect(before == UInt64(10_000 - labelDelay))
        run.finish()
        let accuracy = run.overall.named.first { $0.name == "accuracy" }?.value
        return (try #require(accuracy), run.overall.records, run.counters.learned)
    }

    @Test func `labels that are held back cost accuracy, and each of them still counts`() throws {
        let inline = try electricity(labelDelay: 0)
        let late = try electricity(labelDelay: 1_000)
        #expect(late.evaluated == inline.evaluated && late.learned == inline.learned)
        #expect(late.accuracy < inline.accuracy - 0.02, "\(late.accuracy) against \(inline.accuracy)")
        let again = try electricity(labelDelay: 1_000)
        #expect(again == late)
        #expect(try electricity(labelDelay: 1_000, partitions: 4).learned == inline.learned)
    }

    @Test func `how good predictions are is told before their labels come, to a few hundredths`() throws {
        var run = try OfflineRun(SampleSettings.electricity(), labelDelay: 1_000)
        var reader = try DatasetReader(
            path: Fixtures.data("electricity.csv.gz").path, columns: DatasetColumns(label: "class"))
        while let value = try reader.next() { run.process(value) }
        let estimates = run.estimates
        func value(_ metric: String, _ scope: PerformanceEstimate.Scope) throws -> Double {
            try #require(estimates.first { $0.metric == metric && $0.scope == scope }?.value)
        }
        // Behind by a thousand labels the model is right 0.75 times, not 0.92 as with all of them.
        #expect(try abs(value("accuracy", .labelled) - value("accuracy", .realized)) < 0.05)
        #expect(try value("accuracy", .realized) < 0.8)
        #expect(try 0.5...1 ~= value("accuracy", .waiting))
        run.finish()
        let left = run.estimates.filter { $0.scope == .waiting }
        #expect(left.isEmpty, "\(left)")
        #expect(try OfflineRun(SampleSettings.electricity()).estimates.isEmpty)
    }

    @Test func `a pipeline with a labels topic is evaluated on a file with labels as if they stood in its records`()
        throws
    {
        let records = sampleRecords(300, seed: 61)
        func accuracy(_ more: String) throws -> MetricValues {
            var run = try OfflineRun(SampleSettings.binary(more))
            for record in records { Array(record.utf8).withUnsafeBytes { run.process($0) } }
            let overall = run.overall
            return overall
        }
        let inline = try accuracy("")
        #expect(try accuracy("topics.labels: sample.labels") == inline && inline.records > 100)
    }
}
