package import KafkaClient
package import RecordCodecs
package import Settings

extension PipelineSettings {
    /// What the decoder has to know of the settings.
    package var recordSchema: RecordSchema {
        RecordSchema(
            features: features, target: target, id: record.id, timestamp: record.timestamp, label: record.label,
            weight: record.weight, inlineLabels: labels == nil, largestMagnitude: largestMagnitude)
    }
}

extension PipelineSettings {
    /// What the task of one partition reads beside its features.
    /// - Parameter partitions: of the features topic, and so of the others.
    package func otherInputs(of partition: Int32, partitions: Int) -> [TopicPartition] {
        var inputs: [TopicPartition] = []
        if let topic = topics.labels, labels != nil {
            inputs.append(TopicPartition(topic: topic, partition: partition))
        }
        guard mix != nil else { return inputs }
        return inputs
            + (0..<Int32(clamping: partitions)).filter { $0 != partition }.map {
                TopicPartition(topic: topics.mix, partition: $0)
            }
    }

    /// What the decoder of label records has to know.
    func labelSchema(_ labels: LabelSettings) -> RecordSchema {
        RecordSchema(
            features: [], target: target, id: labels.paths.id, timestamp: labels.paths.timestamp,
            label: labels.paths.label, weight: labels.paths.weight, largestMagnitude: largestMagnitude)
    }
}

extension EvaluationSettings {
    /// The windowed metrics are over records; where windows are of event time, over the last 1,000.
    package var metricsWindow: Int {
        if case .records(let records) = window { records } else { 1000 }
    }
}
