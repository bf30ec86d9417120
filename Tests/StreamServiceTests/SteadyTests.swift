import Foundation
import KafkaClient
import Records
import Settings
import StreamService
import Telemetry
import Testing

/// Runs without a fault: what the others are measured by.
@Suite struct SteadyTests {
    @Test(arguments: [1, 2, 4])
    func `any number of workers gives each partition the outputs and the state that one task would`(workers: Int)
        async throws
    {
        try await onOwnThread {
            let cluster = try StreamCluster(partitions: 4, workers: workers)
            var all: [Int32: [Input]] = [:]
            for partition in Int32(0)..<4 {
                let records = inputs(700 + 50 * Int(partition), seed: UInt64(30 + partition))
                all[partition] = records
                try cluster.feed(records, partition: partition)
            }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact(all) == 0)
        }
    }

    @Test func `an empty topic is through at once`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(partitions: 2)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact([0: [], 1: []]) == 0)
        }
    }

    @Test func `metrics have the agreed names and the right counts, and a restart counts nothing twice`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(partitions: 2, workers: 2)
            let all = [Int32(0): inputs(600, seed: 36), 1: inputs(400, seed: 37)]
            for (partition, records) in all { try cluster.feed(records, partition: partition) }
            let whole = try FaultlessRun(cluster, all)
            let stream = RunningStream(cluster)
            #expect(!stream.service.board.isReady, "nothing is assigned yet")
            try stream.wait(untilDelivered: 1_000)
            try stream.wait("snapshots are written") { try cluster.finalStates().count == 2 }
            #expect(stream.service.board.isReady)
            try stream.wait("lag is known") { stream.metric(Self.lag(0)) == 0 && stream.metric(Self.lag(1)) == 0 }
            #expect(stream.metric("millrace_model_version{partition=\"0\"}") == 600)
            #expect(stream.metric("millrace_model_version{partition=\"1\"}") == 400)
            #expect(stream.metric("millrace_model_age_seconds{partition=\"0\"}") != nil)
            #expect(stream.metric("millrace_snapshot_last_success_timestamp_seconds{partition=\"0\"}") ?? 0 > 1e9)
            #expect(stream.metric("millrace_build_info{version=\"test\"}") == 1)
            try stream.stop()
            #expect(!stream.service.board.isReady, "its partitions are given back")

            #expect(stream.metric("millrace_records_consumed_total") == 1_000)
            #expect(stream.metric("millrace_predictions_total") == Double(whole.predictions.count))
            #expect(stream.metric("millrace_predict_duration_seconds_count") == 1_000)
            #expect(stream.metric("millrace_end_to_end_latency_seconds_count") == 1_000)
            let learned = try cluster.read(cluster.settings.topics.predictions).count {
                String(decoding: $0.value ?? [], as: UTF8.self).contains("\"learned\":true")
            }
            #expect(stream.metric("millrace_learned_total") == Double(learned))
            let text = stream.service.metrics.exposition()
            let letters = text.split(separator: "\n").filter { $0.hasPrefix("millrace_dead_letters_total{") }
                .compactMap { Double($0.split(separator: " ").last ?? "") }.reduce(0, +)
            #expect(letters == Double(whole.deadLetters.count))
            let alerts = text.split(separator: "\n").filter { $0.hasPrefix("millrace_drift_alerts_total{") }
                .compactMap { Double($0.split(separator: " ").last ?? "") }.reduce(0, +)
            #expect(alerts == Double(stream.service.board.alerts.count))
            for family in ["drift_alerts_total", "transactions_total", "snapshot_failures_total"] {
                #expect(text.contains("# TYPE millrace_\(family) counter"))
            }

            let again = RunningStream(cluster, untilEnd: true)
            try again.waitForEnd()
            #expect(again.metric("millrace_records_consumed_total") == 0)
            #expect(try cluster.expectExact(all) == 0)
        }
    }

    private static func lag(_ partition: Int) -> String {
        "millrace_consumer_lag{topic=\"faults.features\",partition=\"\(partition)\"}"
    }
}
