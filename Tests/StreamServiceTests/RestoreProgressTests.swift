import Foundation
import KafkaClient
import Snapshots
import StreamService
import StreamTasks
import Testing

/// What is told of a silent replay while it lasts.
@Suite struct RestoreProgressTests {
    @Test func `a long replay tells how far it is and how long it still takes, in the log and in the metrics`()
        async throws
    {
        try await onOwnThread {
            // Each record is a batch of its own, and the broker hands out one batch a round trip.
            let cluster = try StreamCluster()
            let records = inputs(40, seed: 81)
            let feeder = try cluster.openFeeder()
            for record in records { try feeder.send(record) }
            try feeder.close()
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let restorer = TaskRestorer(cluster.settings, mode: .restore(allowGap: false)) { _, _ in }
            let last = try #require(try restorer.store(for: 0).entries().first { $0.records == 40 })
            try FileManager.default.removeItem(atPath: last.path)

            let stream = RunningStream(cluster)
            try stream.wait("it is restored") { stream.log.contains("task restored") }
            try cluster.mock.setRoundTrip(milliseconds: 200)
            try stream.wait("the metrics tell how far it is") {
                let done = stream.metric(Self.restored) ?? 0
                let left = stream.metric(Self.remaining) ?? 0
                return done > 0 && left > 0 && done + left == 40
            }
            #expect(!stream.service.board.isReady)
            try stream.wait("the log tells it") { stream.log.contains("\"message\":\"replaying\"") }
            let line = try #require(stream.log.split(separator: "\n").first { $0.contains("\"replaying\"") })
            #expect(line.contains("\"total\":\"40\""), "\(line)")
            #expect(line.contains("seconds_left") && line.contains("records_per_second"), "\(line)")
            try cluster.mock.setRoundTrip(milliseconds: 0)
            try stream.wait("it is live") { stream.log.contains("task is live") }
            #expect(stream.metric(Self.restored) == 40)
            #expect(stream.metric(Self.remaining) == 0)
            try stream.stop()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    private static let restored = "millrace_restored_records{partition=\"0\"}"
    private static let remaining = "millrace_restore_remaining_records{partition=\"0\"}"
}
