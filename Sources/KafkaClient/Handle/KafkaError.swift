internal import CRdKafka
package import Records

/// What librdkafka or a broker says went wrong.
package struct KafkaError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The protocol's error code where it is positive, librdkafka's own where it is negative.
    package var code: Int32
    /// What went wrong, in librdkafka's words.
    package var message: String
    /// The client can do nothing more: it has to be destroyed.
    package var isFatal: Bool
    /// The same call may succeed later.
    package var isRetriable: Bool
    /// The open transaction must be aborted.
    package var requiresAbort: Bool

    package init(code: Int32, message: String, isFatal: Bool, isRetriable: Bool, requiresAbort: Bool) {
        self.code = code
        self.message = message
        self.isFatal = isFatal
        self.isRetriable = isRetriable
        self.requiresAbort = requiresAbort
    }

    /// The code's name as the field writes it: `UNKNOWN_TOPIC_OR_PART`, `_TIMED_OUT`. Allocates.
    package var name: String { String(cString: rd_kafka_err2name(rd_kafka_resp_err_t(code))) }

    package var description: String { "\(name): \(message)" }

    package var disposition: Disposition {
        if isFatal { return .stop }
        if requiresAbort || isFenced { return .restoreTask }
        if isRetriable { return .retry }
        return Self.recordRefusals.contains(code) ? .deadLetter : .stop
    }

    /// Another producer has taken the same `transactional.id`, or another member the same `group.instance.id`.
    package var isFenced: Bool {
        code == RD_KAFKA_RESP_ERR__FENCED.rawValue || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED.rawValue
            || code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH.rawValue
            || code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID.rawValue
    }

    /// A commit that came too late for its assignment. The partitions' next owner has replayed or will: not fatal.
    package var isStale: Bool {
        code == RD_KAFKA_RESP_ERR__STATE.rawValue || code == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION.rawValue
            || code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID.rawValue
            || code == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS.rawValue
            || code == RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST.rawValue
    }

    /// Permissions or names stand against it: the broker will say the same until a human has mended that.
    package var isRefusedForGood: Bool { isFatal || Self.refusals.contains(code) }

    package var isTimeout: Bool {
        code == RD_KAFKA_RESP_ERR__TIMED_OUT.rawValue || code == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT.rawValue
            || code == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT.rawValue
    }

    /// The record wasn't refused: it was given up with everything else, as an abort does.
    package var isPurged: Bool {
        code == RD_KAFKA_RESP_ERR__PURGE_QUEUE.rawValue || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT.rawValue
    }

    /// The cluster's rights don't allow it: no waiting mends that.
    package var isAuthorization: Bool {
        code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED.rawValue
            || code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED.rawValue
            || code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED.rawValue
            || code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED.rawValue
    }

    package var isQueueFull: Bool { code == RD_KAFKA_RESP_ERR__QUEUE_FULL.rawValue }

    package var isUnknownTopic: Bool {
        code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART.rawValue || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC.rawValue
            || code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION.rawValue
    }

    package var isTopicAlreadyExists: Bool { code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS.rawValue }

    package var isOffsetOutOfRange: Bool {
        code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE.rawValue
            || code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET.rawValue
    }
}
