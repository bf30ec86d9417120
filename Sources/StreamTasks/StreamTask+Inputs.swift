internal import OnlineLearning
package import Records
internal import Settings

/// A task's inputs: its features, then its labels where they come later, then the other partitions of the mix topic where
/// models are shared.
extension StreamTask {
    /// Records consumed over all inputs, refused ones too: the number in the model's version and in a snapshot's name.
    package var inputsConsumed: UInt64 {
        counters.consumed + labels.join.counters.records + mixes.taken + mixes.refused
    }

    /// The positions of all inputs that something was read of, and of the labels in any case.
    package var positions: [RecordPosition] {
        var positions = [RecordPosition(topic: settings.topics.features, partition: partition, next: position)]
        if let topic = settings.topics.labels, joinsLabels {
            positions.append(RecordPosition(topic: topic, partition: partition, next: labelPosition))
        }
        return positions
            + mixPositions.sorted { $0.key < $1.key }.map {
                RecordPosition(topic: settings.topics.mix, partition: $0.key, next: $0.value)
            }
    }

    /// Where a partition of one of the other inputs is to be read next.
    package func position(of topic: String, _ partition: Int32) -> NextOffset {
        topic == settings.topics.labels ? labelPosition : mixPosition(partition)
    }

    /// Begins with the other inputs at these positions. For a task that has read nothing yet.
    package mutating func beginOthers(at positions: [RecordPosition]) {
        for position in positions {
            if joinsLabels, position.topic == settings.topics.labels {
                labels.position = position.next
            } else if mixing != nil {
                mixPositions[position.partition] = position.next
            }
        }
    }

    /// Consumes one record of another input than the features.
    /// - Returns: why another task's message was refused, where it was.
    @discardableResult
    package mutating func take<Sink: OutputSink & ~Copyable>(
        _ record: InputRecord, of topic: String, into sink: inout Sink
    ) -> MixError? {
        var record = record
        guard topic == settings.topics.labels else {
            return takeMix(record.value, from: record.partition, offset: record.offset)
        }
        record.input = .labels
        takeLabel(record, into: &sink)
        return nil
    }
}
