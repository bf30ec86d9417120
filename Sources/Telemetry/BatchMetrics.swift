/// What a worker counted since it last published. The worker owns it and adds to it without any synchronization.
package struct BatchMetrics: Sendable {
    package var recordsConsumed: UInt64 = 0
    package var predictions: UInt64 = 0
    package var learned: UInt64 = 0
    /// One entry a batch, counted once for each of its records, saves two clock readings a record.
    package var predictDuration = DurationBuckets(.computation)
    package var endToEndLatency = DurationBuckets(.transport)

    package init() {}

    mutating func add(_ other: borrowing BatchMetrics) {
        recordsConsumed &+= other.recordsConsumed
        predictions &+= other.predictions
        learned &+= other.learned
        predictDuration.add(other.predictDuration)
        endToEndLatency.add(other.endToEndLatency)
    }

    mutating func reset() {
        recordsConsumed = 0
        predictions = 0
        learned = 0
        predictDuration.reset()
        endToEndLatency.reset()
    }
}
