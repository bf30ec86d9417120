internal import KafkaClient
internal import Logging
internal import Records
internal import Settings
internal import StreamTasks

/// What a worker does for tasks with several inputs: it replays them by their journals, keeps these, and hands labels and
/// the messages of the other tasks out.
extension Worker {
    /// Consumes the runs of other inputs that a replaying task has next, and takes note where its replay is over.
    func followOthers(_ runner: TaskRunner) {
        guard runner.journal != nil else { return }
        runner.followOthers(isOver: { patience.isOver })
        if let failure = runner.failure { return fail(runner, failure) }
        if !runner.isReplaying { asWorker { () throws(KafkaError) in try others?.join(runner) } }
    }

    /// The task's inputs can't be followed. One that is wanted back in the middle of its replay is left to its next owner.
    func fail(_ runner: TaskRunner, _ failure: any Error) {
        guard !(failure is ReplayCutShort) else { return }
        service.fail(ServiceError.restore(runner.partition, failure))
    }

    /// Hands out what has come of the other inputs.
    func readOthers(now: Double) {
        asWorker { () throws(KafkaError) in try others?.read(now: now, into: &sink) }
    }

    /// As long as this, in seconds, a features record waits to hear whether there are labels before it.
    private static let labelPatience = 5.0
    private static let labelWait: Int32 = 20

    /// Hands out the labels that come before a features record, in the order of Kafka's times. While the broker doesn't answer
    /// the record waits; after a while it goes on without them.
    func readLabels(of runner: TaskRunner, before time: Int64) {
        guard runner.isLabelLookDue(before: time), !runner.isReplaying else { return }
        let start = SteadyClock.now()
        asWorker { () throws(KafkaError) in
            while let others, !patience.isOver, !sink.isStalled {
                let isKnown = try others.readLabels(
                    of: runner, before: time, waitMilliseconds: Self.labelWait, into: &sink)
                guard !isKnown else { return }
                guard SteadyClock.now() - start < Self.labelPatience else {
                    return service.log.warning(
                        "labels don't come; features go on without them", metadata: ["partition": "\(runner.partition)"]
                    )
                }
                serve(timeoutMilliseconds: 0)
            }
        }
    }

    func leaveOthers(_ leaving: [TaskRunner]) {
        for runner in leaving { runner.endReplay() }
        asWorker { () throws(KafkaError) in try others?.leave(leaving) }
    }

    private func asWorker(_ body: () throws(KafkaError) -> Void) {
        do throws(KafkaError) { try body() } catch { service.fail(ServiceError.otherInputs(error)) }
    }

    /// Puts the entry of each task that has consumed anything into the transaction that fills.
    /// - Returns: false where an entry has to be sent again before the transaction may end.
    func journalIntoTransaction() -> Bool {
        for runner in runners {
            guard let entry = runner.takeEntry(), let place = runner.journal?.place else { continue }
            sink.emit(entry, partition: place.partition, lane: nil)
        }
        return !sink.hasRefused
    }

    /// The entries of a committed transaction are committed.
    func settleEntries() {
        for runner in runners { runner.settleEntry() }
    }

    /// Whether the journals can take more runs; where entries can't be written, nothing more is consumed.
    var journalsHaveRoom: Bool { others == nil || runners.allSatisfy { !$0.isJournalFull } }

    /// Without transactions: an entry is taken, waits for the delivery of everything that it covers, is sent, and only its
    /// own delivery lets the offsets be committed. So what the journal says is always done, and what it doesn't say is at
    /// most sent again.
    func sendEntry(of runner: TaskRunner) {
        guard let lane = runner.lane, runner.journal != nil else { return }
        if lane.hasDeliveredEntry {
            lane.hasDeliveredEntry = false
            runner.settleEntry()
        }
        guard let entry = runner.takeEntryToSend(), let place = runner.journal?.place else { return }
        sink.emit(entry, partition: place.partition, lane: lane)
    }

    /// Brings the journals of tasks that leave up to where they stand.
    /// - Returns: whether that was done before the deadline.
    func finishJournals(_ leaving: [TaskRunner], until deadline: Double) -> Bool {
        for runner in leaving where runner.journal != nil && !runner.isReplaying && runner.failure == nil {
            while !runner.isSettled {
                guard SteadyClock.now() < deadline, sink.flush(until: deadline, clock: SteadyClock.now) else {
                    return false
                }
                runner.takeEntry()
                sendEntry(of: runner)
            }
        }
        return true
    }
}
