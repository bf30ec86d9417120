internal import KafkaClient
internal import Logging
internal import OnlineLearning
internal import Records
internal import StreamTasks
internal import Telemetry

/// Gives one worker's figures to the board and the metrics, a few times a second. Used by the worker's thread alone.
final class WorkerFigures {
    private let board: StatusBoard
    private let metrics: StreamMetrics
    private let gauges: TaskGauges
    private let worker: WorkerMetrics
    private let consumer: Consumer
    private let log: Logger
    private var last = (counts: -Double.infinity, evaluation: -Double.infinity)
    /// What each task had counted when it was last looked at.
    private var seen: [Int32: TaskCounters] = [:]
    private var seenLabels: [Int32: LabelCounters] = [:]
    private var seenResponses: [Int32: ResponseTally] = [:]

    /// The silent replays that are under way.
    private var replays: [Int32: ReplayProgress] = [:]
    /// What each task had learned when its metrics were last computed.
    private var evaluated: [Int32: UInt64] = [:]

    private static let countsEvery = 0.1
    /// The windowed metrics sort a window of scores.
    private static let evaluationEvery = 0.5

    init(_ service: StreamService, consumer: Consumer) {
        self.consumer = consumer
        log = service.log
        board = service.board
        metrics = service.metrics
        gauges = service.gauges
        worker = service.metrics.addWorker()
    }

    /// - Parameter now: seconds of a clock that never steps; infinity publishes all of it now.
    func publish(_ runners: [TaskRunner], meter: inout LatencyMeter, tally: inout OutputTally, now: Double) {
        guard now - last.counts >= Self.countsEvery else { return }
        let evaluates = now - last.evaluation >= Self.evaluationEvery
        if now.isFinite {
            last.counts = now
            if evaluates { last.evaluation = now }
        }
        for runner in runners {
            follow(runner, now: now)
            publish(runner, evaluates: evaluates, into: &meter.batch)
        }
        worker.publish(&meter.batch)
        board.add(latency: &meter.recent)
        publish(&tally)
    }

    /// From here on what the task counts is counted in the metrics: at its start, and again when it goes live, because
    /// what it replays was counted when it was first read.
    func begin(_ runner: TaskRunner) {
        let partition = runner.partition.partition
        seen[partition] = runner.task.counters
        seenLabels[partition] = runner.task.labelCounters
        seenResponses[partition] = runner.task.responses
        if runner.isReplaying {
            replays[partition] = ReplayProgress(
                from: runner.position, to: runner.replayUntil, now: SteadyClock.now())
        } else {
            let total = replays.removeValue(forKey: partition)?.total ?? 0
            gauges[partition]?.publish(restored: total, remaining: 0)
        }
    }

    /// Says how far a silent replay is: to the metrics always, to the log every few seconds.
    private func follow(_ runner: TaskRunner, now: Double) {
        let partition = runner.partition.partition
        guard now.isFinite, var progress = replays[partition] else { return }
        let done = progress.done(at: runner.position)
        gauges[partition]?.publish(restored: done, remaining: progress.total - done)
        if let report = progress.report(at: runner.position, now: now) {
            log.info(
                "replaying",
                metadata: [
                    "partition": "\(runner.partition)", "done": "\(report.done)", "total": "\(report.total)",
                    "records_per_second": "\(Int(report.recordsPerSecond))",
                    "seconds_left": "\(report.secondsLeft.map { String(Int($0.rounded(.up))) } ?? "unknown")",
                ])
        }
        replays[partition] = progress
    }

    func forget(_ runner: TaskRunner) {
        let partition = runner.partition.partition
        seen[partition] = nil
        seenLabels[partition] = nil
        seenResponses[partition] = nil
        evaluated[partition] = nil
        replays[partition] = nil
        gauges.remove(partition)
        board.remove([runner.partition])
    }

    /// Metrics that are behind their task are brought up as soon as it has nothing else to do.
    private func isBehind(_ runner: TaskRunner, since before: TaskCounters) -> Bool {
        before == runner.task.counters && evaluated[runner.partition.partition] != runner.task.counters.learned
    }

    private func publish(_ runner: TaskRunner, evaluates: Bool, into batch: inout BatchMetrics) {
        let partition = runner.partition.partition
        let counters = runner.task.counters
        let before = seen.updateValue(counters, forKey: partition) ?? counters
        if !runner.isReplaying {
            batch.recordsConsumed += counters.consumed - before.consumed
            batch.predictions += counters.predicted - before.predicted
            batch.learned += counters.learned - before.learned
        }
        publishLabels(of: runner)
        countResponses(of: runner)
        let gauge = gauges[partition]
        gauge?.publish(modelVersion: runner.task.inputsConsumed, learned: counters.learned > before.learned)
        guard evaluates || isBehind(runner, since: before) else { return board.update(runner) }
        evaluated[partition] = counters.learned
        let overall = runner.task.evaluation.overall
        let windowed = runner.task.evaluation.windowed
        if let end = consumer.knownEnd(of: runner.partition) {
            gauge?.publish(lag: end - runner.position.rawValue, topic: runner.partition.topic, partition: partition)
        }
        gauge?.publish(
            prequential: gauges(overall, .overall) + gauges(windowed, .windowed)
                + gauges(runner.task.evaluation.faded, .faded)
                + runner.task.windowedSegments.flatMap { gauges($0.values, .windowed, segment: $0.name) })
        if runner.task.labelCounters != nil {
            gauge?.publish(
                estimates: runner.task.estimates.map {
                    PrequentialGauge(name: $0.metric, scope: $0.scope.gauge, value: $0.value)
                })
        }
        board.update(runner, overall: overall, windowed: windowed)
    }

    private func gauges(
        _ values: MetricValues, _ scope: PrequentialGauge.Scope, segment: String? = nil
    ) -> [PrequentialGauge] {
        values.named.map { PrequentialGauge(name: $0.name, scope: scope, value: $0.value, segment: segment) }
    }

    private func countResponses(of runner: TaskRunner) {
        let now = runner.task.responses
        let before = seenResponses.updateValue(now, forKey: runner.partition.partition) ?? now
        guard now != before, !runner.isReplaying else { return }
        for (new, old) in zip(now.named, before.named) where new.count > old.count {
            metrics.countDriftResponses(action: new.name, by: new.count - old.count)
        }
    }

    private func publishLabels(of runner: TaskRunner) {
        let partition = runner.partition.partition
        guard let counters = runner.task.labelCounters else { return }
        let before = seenLabels.updateValue(counters, forKey: partition) ?? counters
        if !runner.isReplaying {
            for (now, then) in zip(counters.ends, before.ends) where now.count > then.count {
                metrics.countLabels(result: now.name, by: now.count - then.count)
            }
        }
        let delays = [("0.5", 0.5), ("0.95", 0.95)].compactMap { name, share in
            runner.task.labelDelay(share).map { (quantile: name, seconds: $0) }
        }
        gauges[partition]?.publish(pending: runner.task.waitingPredictions, delays: delays)
    }

    private func publish(_ tally: inout OutputTally) {
        for (reason, count) in tally.deadLetters {
            for _ in 0..<count { metrics.countDeadLetter(reason: reason) }
        }
        for alert in tally.alerts { metrics.countDriftAlert(detector: alert.detector ?? "", signal: alert.signal) }
        if !tally.alerts.isEmpty { board.add(alerts: tally.alerts) }
        tally = OutputTally()
    }
}

extension PerformanceEstimate.Scope {
    fileprivate var gauge: PrequentialGauge.Scope {
        switch self {
        case .waiting: .waiting
        case .labelled: .labelled
        case .realized: .realized
        }
    }
}
