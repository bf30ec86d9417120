internal import Foundation
internal import KafkaClient
internal import Logging
internal import Records
internal import Settings
internal import StreamTasks
internal import Telemetry

/// What a worker does where outputs and offsets move in transactions.
extension Worker {
    var pair: TransactionPair? { sink.transactions }

    /// Ends the transaction that fills when its time has come, and the one before it is through.
    func cutIfDue(now: Double) {
        guard let pair, pair.turns.ending == .none, !pair.turns.isLost, !sink.hasRefused, isCommitDue(now: now),
            pair.turns.isOpen || runners.contains(where: { !$0.isAtBorder && !$0.isReplaying })
        else { return }
        committed(at: now)
        cut(pair)
    }

    /// Every task that has moved since the last cut has outputs in this transaction.
    private func cut(_ pair: TransactionPair) {
        guard journalIntoTransaction(), pair.turns.mayCut else { return }
        var positions: [RecordPosition] = []
        for runner in runners where !runner.isReplaying && runner.position > runner.requested {
            runner.requested = runner.position
            positions.append(runner.recordPosition(at: runner.position))
        }
        pair.cut(at: positions)
    }

    /// Serves the producers, and takes the end of a transaction in.
    func serve(timeoutMilliseconds: Int32) {
        switch sink.serve(timeoutMilliseconds: timeoutMilliseconds) {
        case .committed(let positions):
            for position in positions {
                runners.first { $0.partition.partition == position.partition }?.settled = position.next
            }
            settleEntries()
            service.commits.confirm(positions)
            service.metrics.countTransaction(.committed)
            service.recoveries.succeeded()
        case .failed, nil: break
        }
        guard let lost = pair?.failure, !isLost else { return }
        isLost = true
        sink.learn(from: lost)
        service.metrics.countTransaction(lost.isFenced ? .fenced : .aborted)
        if !lost.isOfTakenTasks { service.recoveries.request(lost) }
    }

    /// Revoke, stop: the transactions end now, or else are lost.
    /// - Returns: whether all of it is committed.
    func finishTransactions(until deadline: Double) -> Bool {
        guard let pair else { return true }
        while pair.failure == nil, SteadyClock.now() < deadline {
            sink.mendRefused()
            if pair.turns.ending == .none, !sink.hasRefused { cut(pair) }
            serve(timeoutMilliseconds: 1)
            guard pair.turns.isOpen || pair.turns.ending != .none else { return true }
            if pair.turns.ending != .none { Thread.sleep(forTimeInterval: 0.000_5) }
        }
        return false
    }

    /// Makes the pair ready where it isn't: before positions are read, so that nothing of the past can still be committed.
    func renewTransactions() {
        guard let pair, pair.turns.isLost else { return }
        do throws(TransactionFailure) {
            guard try pair.renew() else { return }
            sink.clearStall()
            isLost = false
        } catch {
            service.fail(ServiceError.transactions(error))
        }
    }
}
