internal import Failpoints
internal import Foundation
package import KafkaClient
internal import Records
package import Settings
internal import Synchronization

/// One of a worker's two transactional producers. It belongs to the worker's thread, but for the time in which its
/// transaction ends: then to the thread that ends it.
package final class TransactionalProducer: @unchecked Sendable {
    private let properties: [String: String]
    private let names: TopicNames
    private let log: @Sendable (ClientLog) -> Void
    private(set) var producer: Producer
    private(set) var topics: OutputTopics
    private var stage = Stage.new
    /// Set from any thread to cut the waits of an end or a renewal short.
    let isCancelled = Atomic<Bool>(false)

    private enum Stage: Equatable {
        /// Its transactional id isn't registered yet.
        case new
        case ready
        case open
        /// The end was asked for, and it isn't known whether it took effect; or an output was refused, which leaves a hole in
        /// the sequence. Only a newer epoch settles either.
        case inDoubt
    }

    /// Each call waits for at most so long, so that a stop is noticed; a call that says retriable is made again.
    private static let callMilliseconds: Int32 = 500
    private static let abortSeconds = 5.0

    /// - Parameter properties: librdkafka's, with `transactional.id` and `transaction.timeout.ms`.
    package init(
        properties: [String: String], topics names: TopicNames, log: @escaping @Sendable (ClientLog) -> Void
    ) throws(KafkaError) {
        self.properties = properties
        self.names = names
        self.log = log
        producer = try Producer(properties: properties, log: log)
        topics = try OutputTopics(producer, names)
    }

    /// A transaction has begun and its end wasn't asked for.
    var isOpen: Bool { stage == .open }

    /// Begins a transaction. Asks no broker.
    func begin() -> TransactionFailure? {
        failpoint(.beginTransaction)
        switch producer.beginTransaction() {
        case .done:
            stage = .open
            return nil
        case .fenced(let error): return TransactionFailure(.begin, error, isFenced: true)
        case .retriable(let error), .abortable(let error), .fatal(let error): return TransactionFailure(.begin, error)
        }
    }

    /// Ends the open transaction: waits for its outputs, puts the positions in, commits.
    /// - Parameters:
    ///   - deadline: seconds of `clock`; beyond it the transaction is given up.
    ///   - delivered: called when every output is acknowledged.
    func end(
        at positions: [RecordPosition], of consumer: Consumer, deadline: Double, clock: () -> Double,
        delivered: () -> Void
    ) -> TransactionEnd {
        func isOver() -> Bool { isCancelled.load(ordering: .acquiring) || clock() > deadline }
        failpoint(.flush)
        while !producer.flush(timeoutMilliseconds: 100), !isOver() {}
        let lost = takeUndelivered()
        guard lost.isEmpty, producer.outstanding == 0 else {
            let error = lost.first?.error ?? .past("its outputs were not acknowledged")
            return .failed(TransactionFailure(.flush, error, undelivered: lost))
        }
        delivered()
        failpoint(.sendOffsets)
        if let failure = settle(
            .sendOffsets, isOver,
            {
                producer.sendOffsets(positions, of: consumer, timeoutMilliseconds: Self.callMilliseconds)
            })
        {
            return .failed(failure)
        }
        failpoint(.commitTransaction)
        stage = .inDoubt
        if let failure = settle(
            .commit, isOver,
            {
                producer.commitTransaction(timeoutMilliseconds: Self.callMilliseconds)
            })
        {
            return .failed(failure)
        }
        failpoint(.committed)
        stage = .ready
        return .committed(positions)
    }

    /// Calls until the outcome is more than `retriable`, or the time is over.
    private func settle(
        _ step: TransactionFailure.Step, _ isOver: () -> Bool, _ call: () -> TransactionOutcome
    ) -> TransactionFailure? {
        while true {
            switch call() {
            case .done: return nil
            case .retriable(let error): if isOver() { return TransactionFailure(step, error) }
            case .fenced(let error): return TransactionFailure(step, error, isFenced: true)
            case .abortable(let error):
                // The client knows that nothing was committed.
                if stage == .inDoubt { stage = .open }
                return TransactionFailure(step, error, undelivered: takeUndelivered())
            case .fatal(let error): return TransactionFailure(step, error)
            }
        }
    }

    /// Brings the producer to where it can begin a transaction, whatever it was in the middle of: with an abort where that
    /// is enough, else as a new client with the same `transactional.id`, whose higher epoch undoes what the old one left
    /// open and refuses what of it is still on its way.
    ///
    /// Waits as long as brokers are away.
    /// - Throws: what no waiting mends; nothing was thrown and false returned where it was cancelled.
    func renew() throws(TransactionFailure) -> Bool {
        if stage == .open, abort() { stage = .ready }
        if stage == .ready { return true }
        if stage != .new { try remake() }
        while !isCancelled.load(ordering: .acquiring) {
            switch producer.initTransactions(timeoutMilliseconds: Self.callMilliseconds) {
            case .done:
                stage = .ready
                return true
            case .retriable, .abortable: continue
            case .fenced: try remake()
            case .fatal(let error): throw TransactionFailure(.renew, error)
            }
        }
        return false
    }

    private func abort() -> Bool {
        let deadline = Date(timeIntervalSinceNow: Self.abortSeconds)
        defer { _ = takeUndelivered() }
        failpoint(.abortTransaction)
        while !isCancelled.load(ordering: .acquiring), deadline.timeIntervalSinceNow > 0 {
            switch producer.abortTransaction(timeoutMilliseconds: Self.callMilliseconds) {
            case .done: return true
            case .retriable: continue
            case .abortable, .fenced, .fatal: return false
            }
        }
        return false
    }

    private func remake() throws(TransactionFailure) {
        producer.close(deadlineMilliseconds: 1_000)
        do throws(KafkaError) {
            producer = try Producer(properties: properties, log: log)
            topics = try OutputTopics(producer, names)
        } catch {
            throw TransactionFailure(.renew, error)
        }
        stage = .new
    }

    /// Serves delivery reports without waiting.
    /// - Returns: what was not delivered, but for what was only given up with the rest.
    func takeUndelivered(waitMilliseconds: Int32 = 0) -> [FailedDelivery] {
        var lost: [FailedDelivery] = []
        producer.serve(timeoutMilliseconds: waitMilliseconds) { _ in
        } failed: { failed in
            if !failed.error.isPurged { lost.append(copy failed) }
        }
        if !lost.isEmpty { stage = .inDoubt }
        return lost
    }

    func close() { producer.close(deadlineMilliseconds: 1_000) }
}

extension KafkaError {
    static func past(_ message: String) -> KafkaError {
        KafkaError(code: -185, message: message, isFatal: false, isRetriable: true, requiresAbort: false)
    }
}
