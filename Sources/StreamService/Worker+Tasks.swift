internal import Failpoints
internal import KafkaClient
internal import Logging
internal import Records
internal import Settings
internal import Snapshots
internal import StreamTasks

extension Worker {
    /// Takes a task over: its partition's records flow to this thread from here on.
    func take(_ runner: TaskRunner) {
        if pair == nil {
            guard let lane = sink.lanes.open(startingAt: runner.position) else {
                return service.fail(ServiceError.tooManyTasks(worker: number))
            }
            runner.take(lane)
        }
        let wasReplaying = runner.isReplaying
        runners.append(runner)
        figures.begin(runner)
        guard let slot = queue?.attach(runner.partition), slot >= 0 else { return }
        while bySlot.count <= slot { bySlot.append(nil) }
        bySlot[slot] = runner
        followOthers(runner)
        if wasReplaying, !runner.isReplaying { wentLive(runner) }
    }

    /// Revoke: finish, commit, snapshot, let go. Lost: let go; what was not committed is another process's by now.
    func release(_ partitions: [TopicPartition], lost: Bool, deadline: Double) {
        let leaving = runners.filter { partitions.contains($0.partition) }
        for runner in leaving {
            if let slot = queue?.slot(of: runner.partition) { bySlot[slot] = nil }
            queue?.detach(runner.partition)
        }
        leaveOthers(leaving)
        if !lost, !leaving.isEmpty { settle(leaving, deadline: deadline) }
        if lost { pair?.drop() }
        if lost, isBroken(.skipRestore) { for runner in leaving { keepUncommitted(runner) } }
        for runner in leaving {
            if let lane = runner.lane { sink.lanes.close(lane) }
        }
        publishFigures()
        runners.removeAll { runner in leaving.contains { $0 === runner } }
        for runner in leaving { figures.forget(runner) }
        // What stays was in the same transaction, or behind an output that stalled.
        if !runners.isEmpty, let failure = pair?.failure { service.recoveries.request(failure) }
        if sink.isStalled, pair == nil {
            if !runners.isEmpty { service.fail(ServiceError.stalled) }
            sink.clearStall()
        }
    }

    /// Seconds that the last commit has even where the outputs took all the time there was.
    private static let leastCommitTime = 1.0

    private func settle(_ leaving: [TaskRunner], deadline: Double) {
        if pair == nil {
            settleOffsets(leaving, deadline: deadline)
        } else if !finishTransactions(until: deadline) {
            pair?.drop()
            service.leftUncommitted()
            service.log.info("the last transaction is undone; the next owner goes on from the one before")
        }
        for runner in leaving where !runner.isReplaying && runner.isSettled {
            guard runner.confirmed(by: service.commits).map({ $0 >= runner.position }) ?? false else { continue }
            guard SteadyClock.now() < deadline else {
                service.log.warning("no time was left for a snapshot; the next owner replays from the one before")
                if service.isStopping { service.leftUnsaved() }
                break
            }
            let snapshot = runner.snapshot(writtenAt: SteadyClock.wallMilliseconds())
            let isSaved = service.publisher.publishAndWait(snapshot, to: runner.store)
            // Within a rebalance it is the next owner's to write.
            if !isSaved, service.isStopping { service.leftUnsaved() }
        }
    }

    /// The fault that a restore prevents, for the test that sees the check find it: what was not committed stays learned.
    private func keepUncommitted(_ runner: TaskRunner) {
        var snapshot = runner.task.snapshot(writtenAt: SteadyClock.wallMilliseconds())
        let committed = runner.confirmed(by: service.commits) ?? runner.replayUntil
        snapshot.metadata.positions = [runner.recordPosition(at: committed)]
        _ = service.publisher.publishAndWait(snapshot, to: runner.store)
    }

    private func settleOffsets(_ leaving: [TaskRunner], deadline: Double) {
        let flushed =
            sink.flush(until: deadline, clock: SteadyClock.now) && finishJournals(leaving, until: deadline)
        if !flushed {
            service.leftUncommitted()
            service.log.warning(
                "outputs were still on their way at the deadline; they will be sent again by the next owner")
        }
        // A coordinator that doesn't answer must not hold up the group, nor the process's end.
        let left = Int32(max(deadline - SteadyClock.now(), Self.leastCommitTime) * 1000)
        let moved = leaving.filter { $0.watermark > ($0.confirmed(by: service.commits) ?? $0.replayUntil) }
        do throws(KafkaError) {
            if !moved.isEmpty {
                failpoint(.commitOffsets)
                try consumer.commitSync(moved.map(\.recordPosition), timeoutMilliseconds: left)
                service.commits.confirm(moved.map(\.recordPosition))
            }
        } catch  where error.isStale {
            // Some brokers take no commit once a rebalance has begun. What was predicted since the last one is predicted
            // again by the next owner, with the same input headers.
            service.leftUncommitted()
            service.log.debug("the rebalance was quicker than the last commit", metadata: ["reason": "\(error)"])
        } catch  where error.isRefusedForGood {
            service.leftUncommitted()
            service.fail(service.refusal(error))
        } catch {
            service.leftUncommitted()
            service.log.warning(
                "the last commit failed; the next owner goes on from the one before", metadata: ["reason": "\(error)"])
        }
    }
}

extension TaskRunner {
    /// The delivered watermark as a position to commit.
    var recordPosition: RecordPosition { recordPosition(at: watermark) }

    /// A position to commit, with the note that it needs.
    func recordPosition(at next: NextOffset) -> RecordPosition {
        let next = isBroken(.offsetPlusZero) ? NextOffset(max(next.rawValue - 1, 0)) : next
        return RecordPosition(
            topic: partition.topic, partition: partition.partition, next: next,
            note: note.text)
    }

    func confirmed(by commits: CommitLog) -> NextOffset? { commits.committed(partition) }
}
