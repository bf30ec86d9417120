/// The metric families that we expose, and what each one tells.
package enum MetricFamily: String, Sendable, CaseIterable {
    case buildInfo = "build_info"
    case recordsConsumed = "records_consumed_total"
    case predictions = "predictions_total"
    case learned = "learned_total"
    case deadLetters = "dead_letters_total"
    case predictDuration = "predict_duration_seconds"
    case endToEndLatency = "end_to_end_latency_seconds"
    case modelVersion = "model_version"
    case modelAge = "model_age_seconds"
    case snapshotLastSuccess = "snapshot_last_success_timestamp_seconds"
    case snapshotFailures = "snapshot_failures_total"
    case driftAlerts = "drift_alerts_total"
    case driftResponses = "drift_responses_total"
    case transactions = "transactions_total"
    case labels = "labels_total"
    case labelsPending = "labels_pending"
    case labelDelay = "label_delay_seconds"
    case consumerLag = "consumer_lag"
    case restored = "restored_records"
    case restoreRemaining = "restore_remaining_records"
    case prequential = "prequential_metric"
    case estimated = "estimated_metric"

    package enum Kind: String, Sendable { case counter, gauge, histogram }

    /// The full name, as scrapers see it.
    package var name: String { "millrace_" + rawValue }

    package var kind: Kind {
        switch self {
        case .recordsConsumed, .predictions, .learned, .deadLetters, .snapshotFailures, .driftAlerts, .driftResponses,
            .transactions,
            .labels:
            .counter
        case .predictDuration, .endToEndLatency: .histogram
        case .buildInfo, .modelVersion, .modelAge, .snapshotLastSuccess, .consumerLag, .restored, .restoreRemaining,
            .prequential, .estimated, .labelsPending, .labelDelay:
            .gauge
        }
    }

    package var help: String {
        switch self {
        case .buildInfo: "Always 1; the labels name what runs."
        case .recordsConsumed: "Records read from the input topics."
        case .predictions: "Predictions made, one for each accepted record."
        case .learned: "Labelled records that the model learned from."
        case .deadLetters: "Records refused, by reason."
        case .predictDuration: "Time from a record's bytes to its prediction, a mean over each batch."
        case .endToEndLatency: "Time from a record's timestamp until its prediction was handed to the producer."
        case .modelVersion: "Records consumed by the task's model: the number in the version of its predictions."
        case .modelAge: "Time since the task's model last learned."
        case .snapshotLastSuccess: "When the task's last snapshot was verified, in seconds since 1970."
        case .snapshotFailures: "Snapshots that could not be written, or that did not verify."
        case .driftAlerts: "Changes that drift detectors reported."
        case .driftResponses: "What was done about alerts: steps raised, scalers and models reset, second models."
        case .transactions: "Kafka transactions, by how they ended."
        case .labels: "Labels that came by themselves, and predictions that waited for one, by what became of them."
        case .labelsPending: "Predictions of the task that wait for their labels."
        case .labelDelay: "Event time from a record to its label, by quantile over all labels of the task."
        case .consumerLag: "Records between the next offset to read and the end of the partition."
        case .restored: "Records that the task's restore has replayed so far, or had to."
        case .restoreRemaining: "Records that the task's restore has still to replay; 0 once it is live."
        case .prequential:
            "Test-then-train metrics of the task's model, by scope: overall, windowed or faded; by segment, too, where there are."
        case .estimated:
            "Metrics estimated without labels, by scope: waiting; labelled, as estimated before, and realized, as it was."
        }
    }
}
