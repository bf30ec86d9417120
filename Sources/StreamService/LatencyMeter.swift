internal import Foundation
internal import Telemetry

/// Times a worker's batches: two clock readings a batch, whatever its size.
struct LatencyMeter {
    /// Durations since they were last taken, for the board.
    var recent = LatencyHistogram()
    /// Counts since they were last published, for the metrics.
    var batch = BatchMetrics()
    private var wall: Int64 = 0
    private var began: UInt64 = 0

    mutating func begin() {
        wall = SteadyClock.wallMilliseconds()
        began = DispatchTime.now().uptimeNanoseconds
    }

    /// Adds one record's age at the batch's begin.
    mutating func add(timestamp: Int64) {
        guard timestamp > 0 else { return }
        let age = max(wall - timestamp, 0) * 1_000_000
        recent.record(nanoseconds: age)
        batch.endToEndLatency.record(nanoseconds: age)
    }

    mutating func end(records: Int) {
        guard records > 0 else { return }
        let spent = DispatchTime.now().uptimeNanoseconds - began
        batch.predictDuration.record(nanoseconds: Int64(spent) / Int64(records), times: UInt64(records))
    }
}
