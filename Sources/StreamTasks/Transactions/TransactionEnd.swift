package import KafkaClient
package import Records

/// How the end of a transaction went.
package enum TransactionEnd: Sendable {
    case committed([RecordPosition])
    /// Nothing of it counts, or it isn't known whether it does; the producer must be renewed before anything else.
    case failed(TransactionFailure)
}

/// Why a transaction, and with it the state of its tasks, is lost.
package struct TransactionFailure: Error, Sendable, CustomStringConvertible {
    package enum Step: String, Sendable {
        case begin, produce, flush, sendOffsets = "send offsets", commit, renew, release
    }

    package var step: Step
    package var error: KafkaError
    /// Another producer has the same `transactional.id`: this process may be a zombie.
    package var isFenced: Bool
    /// Outputs that were not delivered; those that were only purged with the rest aren't among them.
    package var undelivered: [FailedDelivery]

    package init(_ step: Step, _ error: KafkaError, isFenced: Bool = false, undelivered: [FailedDelivery] = []) {
        self.step = step
        self.error = error
        self.isFenced = isFenced
        self.undelivered = undelivered
    }

    /// Not a fault: the tasks whose outputs it held are gone.
    static let tasksTaken = TransactionFailure(.release, .past("its tasks were taken away"))
    package var isOfTakenTasks: Bool { step == .release }

    package var description: String { "\(step.rawValue): \(error)" }
}
