internal import CRdKafka

/// Collects a producer's delivery reports between two calls of `serve`.
///
/// Reports come by callback, on whichever thread serves the producer: were they events, neither flush nor commit would
/// serve them. That is one thread at a time, so nothing here is locked.
final class DeliveryReports: ClientContext, @unchecked Sendable {
    private var tokens: UnsafeMutablePointer<UInt64>
    private var capacity = 4096
    private var count = 0
    private var failures: [FailedDelivery] = []

    override init(log: @escaping ClientLogger) {
        tokens = .allocate(capacity: capacity)
        super.init(log: log)
    }

    deinit { tokens.deallocate() }

    func delivered(_ token: UInt64) {
        if count == capacity { grow() }
        tokens[count] = token
        count += 1
    }

    func failed(_ failure: FailedDelivery) { failures.append(failure) }

    /// Hands over what has come, each report once.
    func handOver(
        delivered: (UnsafeBufferPointer<UInt64>) -> Void, failed: (borrowing FailedDelivery) -> Void
    ) {
        if count > 0 {
            let acknowledged = UnsafeBufferPointer(start: tokens, count: count)
            count = 0
            delivered(acknowledged)
        }
        guard !failures.isEmpty else { return }
        let lost = failures
        failures.removeAll()
        for failure in lost { failed(failure) }
    }

    private func grow() {
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: tokens, count: count)
        tokens.deallocate()
        tokens = larger
        capacity *= 2
    }
}

/// librdkafka's callback for one record that was delivered or has failed for good.
func collectDelivery(
    client: OpaquePointer?, message: UnsafePointer<rd_kafka_message_t>?, opaque: UnsafeMutableRawPointer?
) {
    guard let message, let opaque else { return }
    let reports = Unmanaged<DeliveryReports>.fromOpaque(opaque)._withUnsafeGuaranteedRef { $0 }
    if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        // The pointer's bits are the token.
        reports.delivered(UInt64(UInt(bitPattern: message.pointee._private)))
    } else {
        reports.failed(FailedDelivery(message))
    }
}
