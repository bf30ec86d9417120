internal import Foundation
internal import Telemetry

/// Times a worker's batches: two readings of each clock a batch, whatever its size.
struct LatencyMeter {
    /// Durations since they were last taken, for the board.
    var recent = LatencyHistogram()
    /// Counts since they were last published, for the metrics.
    var batch = BatchMetrics()
    private var began: UInt64 = 0
    /// The timestamps of the batch's records; it grows to a batch's size once.
    private var timestamps: [Int64] = []

    mutating func begin() { began = DispatchTime.now().uptimeNanoseconds }

    mutating func add(timestamp: Int64) { timestamps.append(timestamp) }

    /// The batch's outputs are with the producer: each record's age now is its latency.
    mutating func end() {
        guard !timestamps.isEmpty else { return }
        let spent = Int64(DispatchTime.now().uptimeNanoseconds - began)
        batch.predictDuration.record(nanoseconds: spent / Int64(timestamps.count), times: UInt64(timestamps.count))
        let now = SteadyClock.wallMilliseconds()
        for timestamp in timestamps where timestamp > 0 {
            let age = max(now - timestamp, 0) * 1_000_000
            recent.record(nanoseconds: age)
            batch.endToEndLatency.record(nanoseconds: age)
        }
        timestamps.removeAll(keepingCapacity: true)
    }
}
