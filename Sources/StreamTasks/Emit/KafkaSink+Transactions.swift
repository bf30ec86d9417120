internal import KafkaClient
internal import Records
internal import Settings

extension KafkaSink {
    /// The pair of producers where outputs leave within transactions.
    package var transactions: TransactionPair? {
        if case .transactions(let pair) = outlet { pair } else { nil }
    }

    /// Whether a batch may be processed now: what it writes has room, and nothing before it waits to be sent again.
    package var hasRoom: Bool { refused.isEmpty && transactions?.hasRoom ?? true }

    /// Gives the working task's output up: nothing of its input may be committed.
    mutating func stall() {
        isStalled = true
        transactions?.fail(TransactionFailure(.produce, .past("the producer had no room for an output in time")))
    }

    /// The tasks whose outputs stalled are gone.
    package mutating func clearStall() {
        isStalled = false
        refused.removeAll { output in lanes.isCurrent(output.token) == false }
    }

    /// Learns from the outputs that a lost transaction could not deliver, so that its next attempt mends them.
    package mutating func learn(from lost: TransactionFailure) {
        refused.removeAll()
        for failed in lost.undelivered {
            if failed.error.isAuthorization {
                failure = failed.error
            } else if failed.error.disposition == .deadLetter,
                !refusals.note(OutputRecord(failed, topics: topics))
            {
                failure = failed.error
            }
        }
        if lost.error.isAuthorization { failure = lost.error }
    }

    /// Ends the producers.
    package func close() {
        switch outlet {
        case .plain(let plain): plain.producer.close(deadlineMilliseconds: 1_000)
        case .transactions(let pair): pair.close()
        }
    }
}
