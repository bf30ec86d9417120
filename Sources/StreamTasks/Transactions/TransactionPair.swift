internal import Foundation
package import KafkaClient
package import Records
internal import Synchronization

/// The two transactional producers of one worker: while one flushes and commits, the other fills.
///
/// Lives on the worker's thread; only the waits for an end are another thread's. What `TransactionTurns` decides, it does.
/// - Cost: an output costs what librdkafka's own copy costs, and one more copy while the other transaction flushes.
package final class TransactionPair {
    package private(set) var turns = TransactionTurns()
    /// Why both transactions are lost; nil while they aren't.
    package private(set) var failure: TransactionFailure?
    /// Outputs in the transaction that fills.
    package private(set) var filled = 0
    private let producers: [TransactionalProducer]
    private let consumer: Consumer
    private var held: HeldOutputs
    private let thread: EndingThread
    private let news = EndingNews()
    private let wake: @Sendable () -> Void
    private let clock: @Sendable () -> Double
    private let patience: Double

    /// Room for outputs that wait, in bytes. Beyond it the worker waits.
    private static let room = 8 << 20
    /// A worker takes no further batch where less is left.
    private static let reserve = 2 << 20

    /// - Parameters:
    ///   - patience: seconds after which the end of a transaction is given up.
    ///   - wake: called from another thread when there is news.
    ///   - clock: seconds that never step.
    package init(
        _ first: TransactionalProducer, _ second: TransactionalProducer, consumer: Consumer, name: String,
        patience: Double, clock: @escaping @Sendable () -> Double, wake: @escaping @Sendable () -> Void
    ) {
        producers = [first, second]
        self.consumer = consumer
        self.patience = patience
        self.wake = wake
        self.clock = clock
        held = HeldOutputs(capacity: Self.room)
        thread = EndingThread(name: name)
    }

    /// Whether another batch's outputs have room.
    package var hasRoom: Bool { !turns.outputsWait || held.free > Self.reserve }

    /// One output into the transaction that fills. Once a transaction is lost, outputs go nowhere: their inputs are
    /// processed again.
    package func produce(
        _ kind: OutputKind, partition: Int32 = -1, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        timestamp: Int64, headers: borrowing HeaderList
    ) -> ProduceResult {
        guard failure == nil else { return .enqueued }
        if turns.outputsWait {
            guard
                held.append(kind, partition: partition, key: key, value: value, timestamp: timestamp, headers: headers)
            else {
                return .queueFull
            }
            turns.opened()
            filled += 1
            return .enqueued
        }
        let result = send(kind, partition: partition, key: key, value: value, timestamp: timestamp, headers: headers)
        if case .enqueued = result { filled += 1 }
        return result
    }

    private func send(
        _ kind: OutputKind, partition: Int32 = -1, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        timestamp: Int64, headers: borrowing HeaderList
    ) -> ProduceResult {
        let target = producers[turns.filling]
        if !target.isOpen {
            if let lost = target.begin() {
                fail(lost)
                return .enqueued
            }
            turns.opened()
        }
        let result = target.producer.produce(
            target.topics[kind], partition: partition, key: key, value: value, timestamp: timestamp, headers: headers,
            token: 0)
        guard case .refused(let error) = result, error.disposition != .deadLetter else { return result }
        fail(TransactionFailure(.produce, error, undelivered: target.takeUndelivered()))
        return .enqueued
    }

    /// Takes the other transaction's news, and serves this one's delivery reports.
    /// - Parameter refused: gets an output that had waited and that the client doesn't take.
    /// - Returns: how the other one ended, once.
    package func advance(
        waitMilliseconds: Int32 = 0, refused: (OutputRecord) -> Void
    ) -> TransactionEnd? {
        let news = news.take()
        if news.delivered, turns.ending == .flushing {
            turns.delivered()
            release(refused)
        }
        if turns.ending != .flushing, failure == nil {
            let target = producers[turns.filling]
            let lost = target.takeUndelivered(waitMilliseconds: waitMilliseconds)
            if let first = lost.first { fail(TransactionFailure(.produce, first.error, undelivered: lost)) }
        }
        switch news.end {
        case .committed:
            // Delivered may have come along with the end.
            turns.committed()
        case .failed(let lost):
            turns.endFailed()
            fail(lost)
        case nil: break
        }
        return news.end
    }

    /// What has waited goes out: everything before it is acknowledged.
    private func release(_ refused: (OutputRecord) -> Void) {
        var held = HeldOutputs(capacity: 0)
        swap(&held, &self.held)
        held.drain { kind, partition, key, value, timestamp, headers in
            while failure == nil {
                switch send(kind, partition: partition, key: key, value: value, timestamp: timestamp, headers: headers)
                {
                case .enqueued: return
                case .queueFull:
                    let lost = producers[turns.filling].takeUndelivered(waitMilliseconds: 10)
                    if let first = lost.first { fail(TransactionFailure(.produce, first.error, undelivered: lost)) }
                case .refused(let error):
                    return refused(
                        OutputRecord(
                            kind: kind, partition: partition, key: key.map(Array.init), value: value.map(Array.init),
                            headers: headers.copies, timestamp: timestamp, token: 0, error: error))
                }
            }
        }
        swap(&held, &self.held)
    }

    /// Ends the transaction that fills, elsewhere than on this thread; from here on the other one fills.
    /// - Parameter positions: the next records to read, of every task that has outputs in it.
    package func cut(at positions: [RecordPosition]) {
        guard failure == nil, let index = turns.cut() else { return }
        filled = 0
        news.reset()
        let target = producers[index]
        let consumer = consumer
        let deadline = clock() + patience
        thread.run { [news, clock, wake] in
            let end = target.end(at: positions, of: consumer, deadline: deadline, clock: clock) {
                news.delivered()
                wake()
            }
            news.ended(end)
            wake()
        }
    }

    /// Both transactions are lost.
    package func fail(_ reason: TransactionFailure) {
        if failure == nil { failure = reason }
        turns.failed()
        held.removeAll()
    }

    /// Gives up what is open: its tasks are gone.
    package func drop() {
        guard turns.isOpen || turns.ending != .none else { return }
        fail(.tasksTaken)
    }

    /// Makes both producers ready to begin, where they aren't. Waits as long as brokers are away, or until `cancel`.
    /// - Throws: what no waiting mends.
    /// - Returns: false where it was cancelled.
    package func renew() throws(TransactionFailure) -> Bool {
        guard turns.isLost else { return true }
        awaitEnd()
        for producer in producers {
            guard try producer.renew() else { return false }
        }
        held.removeAll()
        filled = 0
        failure = nil
        turns.renewed()
        return true
    }

    /// Waits until nothing is under way on the ending thread. A lost transaction's wait is cut short.
    private func awaitEnd() {
        guard turns.ending != .none else { return }
        let wasCancelled = producers[0].isCancelled.load(ordering: .acquiring)
        cancel()
        while !news.hasEnd { Thread.sleep(forTimeInterval: 0.002) }
        if !wasCancelled { for producer in producers { producer.isCancelled.store(false, ordering: .releasing) } }
    }

    /// Cuts all waits short, from any thread; for the process's end.
    package func cancel() {
        for producer in producers { producer.isCancelled.store(true, ordering: .releasing) }
    }

    /// The pair is of no more use.
    package func close() {
        cancel()
        if turns.ending != .none { awaitEnd() }
        thread.stop()
        for producer in producers { producer.close() }
    }
}
