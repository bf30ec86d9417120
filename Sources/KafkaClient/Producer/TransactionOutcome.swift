internal import CRdKafka

/// What became of a step of a transaction, and so what to do next.
package enum TransactionOutcome: Sendable, Equatable {
    case done
    /// The same call again, with the same arguments.
    case retriable(KafkaError)
    /// Abort the transaction, restore the state of the last commit, begin again.
    case abortable(KafkaError)
    /// Another producer has the same `transactional.id` now: nothing more of this one counts.
    case fenced(KafkaError)
    /// Destroy the producer and make it anew with the same `transactional.id`, which fences whatever is still on its way.
    case fatal(KafkaError)

    /// Takes the error object over.
    init(consuming error: OpaquePointer?, of client: OpaquePointer) {
        guard let error = KafkaError(consuming: error) else {
            self = .done
            return
        }
        // `_FATAL` only says that there is one; a fenced producer shows by the error underneath.
        let cause = error.isFatal ? KafkaError.fatal(of: client) ?? error : error
        self =
            if cause.isFenced { .fenced(cause) } else if error.isFatal { .fatal(cause) } else if error.requiresAbort {
                .abortable(error)
            } else if error.isRetriable { .retriable(error) } else { .fatal(error) }
    }
}
