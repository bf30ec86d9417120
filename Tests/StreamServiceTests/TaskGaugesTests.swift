import StreamService
import Telemetry
import Testing

@Suite struct TaskGaugesTests {
    private let metrics = StreamMetrics(build: BuildInformation(["version": "test"]))

    @Test func `a snapshot that is written after its task was released brings no gauges back`() {
        let gauges = TaskGauges(metrics)
        gauges.add(3)
        gauges.snapshotSucceeded(3)
        #expect(metrics.exposition().contains("timestamp_seconds{partition=\"3\"}"))
        gauges.remove(3)
        gauges.snapshotSucceeded(3)
        #expect(gauges[3] == nil)
        #expect(!metrics.exposition().contains("partition=\"3\""))
    }

    @Test func `a snapshot's failure counts once, whether its task is still here or not`() {
        let gauges = TaskGauges(metrics)
        gauges.add(3)
        gauges.snapshotFailed(3)
        gauges.remove(3)
        gauges.snapshotFailed(3)
        #expect(metrics.exposition().contains("millrace_snapshot_failures_total 2\n"))
        #expect(!metrics.exposition().contains("partition=\"3\""))
        gauges.add(3)
        #expect(metrics.exposition().contains("millrace_snapshot_failures_total 2\n"))
    }
}
