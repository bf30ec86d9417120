package import RecordCodecs
package import Settings

extension PipelineSettings {
    /// What the decoder has to know of the settings.
    package var recordSchema: RecordSchema {
        RecordSchema(
            features: features, target: target, id: record.id, timestamp: record.timestamp, label: record.label,
            weight: record.weight, inlineLabels: topics.labels == nil, largestMagnitude: largestMagnitude)
    }
}

extension EvaluationSettings {
    /// The windowed metrics are over records; where windows are of event time, over the last 1,000.
    package var metricsWindow: Int {
        if case .records(let records) = window { records } else { 1000 }
    }
}
