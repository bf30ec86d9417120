extension StreamMetrics {
    /// All metrics in Prometheus' text format. Cost: proportional to tasks and labels; workers wait for no more than the
    /// copy of their own totals.
    package func exposition() -> String {
        let state = current
        let tasks = state.tasks.values.sorted { $0.partition < $1.partition }.map { ($0.partition, $0.current) }
        var page = PrometheusText()
        for family in MetricFamily.allCases {
            page.beginFamily(family)
            switch family {
            case .buildInfo: page.sample(family.name, build.labels, 1)
            case .deadLetters: page.counters(family, ["reason"], state.events.deadLetters)
            case .driftAlerts: page.counters(family, ["detector", "signal"], state.events.driftAlerts)
            case .driftResponses: page.counters(family, ["action"], state.events.driftResponses)
            case .transactions: page.counters(family, ["result"], state.events.transactions)
            case .labels: page.counters(family, ["result"], state.events.labels)
            case .snapshotFailures:
                let failures = tasks.reduce(state.pastSnapshotFailures) { $0 + $1.1.snapshotFailures }
                page.sample(family.name, [], Double(failures))
            case .recordsConsumed, .predictions, .learned, .predictDuration, .endToEndLatency:
                page.totals(family, totals)
            case .modelVersion, .modelAge, .snapshotLastSuccess, .consumerLag, .restored, .restoreRemaining,
                .prequential, .estimated, .labelsPending, .labelDelay:
                for (partition, task) in tasks { page.gauges(family, partition, task, now: now()) }
            }
        }
        return page.text
    }
}

extension PrometheusText {
    fileprivate mutating func counters(_ family: MetricFamily, _ names: [String], _ counter: LabelledCounter) {
        for (values, count) in counter.counts {
            sample(family.name, zip(names, values).map { Label($0, $1) }, Double(count))
        }
    }

    fileprivate mutating func totals(_ family: MetricFamily, _ totals: BatchMetrics) {
        switch family {
        case .recordsConsumed: sample(family.name, [], Double(totals.recordsConsumed))
        case .predictions: sample(family.name, [], Double(totals.predictions))
        case .learned: sample(family.name, [], Double(totals.learned))
        case .predictDuration: histogram(family.name, totals.predictDuration)
        default: histogram(family.name, totals.endToEndLatency)
        }
    }

    fileprivate mutating func gauges(
        _ family: MetricFamily, _ partition: Int32, _ task: TaskMetrics.State, now: Int64
    ) {
        let label = Label("partition", String(partition))
        switch family {
        case .modelVersion: sample(family.name, [label], Double(task.modelVersion))
        case .modelAge:
            if let learned = task.lastLearned { sample(family.name, [label], Double(max(0, now - learned)) / 1_000) }
        case .snapshotLastSuccess:
            if let snapshot = task.lastSnapshot { sample(family.name, [label], Double(snapshot) / 1_000) }
        case .restored:
            if let restore = task.restore { sample(family.name, [label], Double(restore.done)) }
        case .restoreRemaining:
            if let restore = task.restore { sample(family.name, [label], Double(restore.remaining)) }
        case .labelsPending:
            if let labels = task.labels { sample(family.name, [label], Double(labels.pending)) }
        case .labelDelay:
            for delay in task.labels?.delays ?? [] {
                sample(family.name, [label, Label("quantile", delay.quantile)], delay.seconds)
            }
        case .consumerLag:
            for input in task.lag {
                let labels = [Label("topic", input.topic), Label("partition", String(input.partition))]
                sample(family.name, labels, Double(input.records))
            }
        case .estimated:
            for gauge in task.estimates {
                sample(
                    family.name, [Label("metric", gauge.name), Label("scope", gauge.scope.rawValue), label], gauge.value
                )
            }
        default:
            for gauge in task.prequential {
                let labels = [Label("metric", gauge.name), Label("scope", gauge.scope.rawValue), label]
                sample(family.name, labels + (gauge.segment.map { [Label("segment", $0)] } ?? []), gauge.value)
            }
        }
    }
}
