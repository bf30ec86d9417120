package import KafkaClient
package import Records
internal import Synchronization

/// What the group has committed, as the broker confirmed it: written where commits are answered, read by the workers.
package final class CommitLog: Sendable {
    private struct Contents {
        var positions: [TopicPartition: NextOffset] = [:]
        var failed: Set<TopicPartition> = []
    }

    private let contents = Mutex(Contents())

    package init() {}

    package func confirm(_ confirmed: [RecordPosition]) {
        contents.withLock { contents in
            for one in confirmed { contents.positions[TopicPartition(one)] = one.next }
        }
    }

    /// The broker didn't take these: their workers have to ask again, even where no further record comes.
    package func reject(_ rejected: [RecordPosition]) {
        contents.withLock { contents in
            for one in rejected { contents.failed.insert(TopicPartition(one)) }
        }
    }

    /// Whether a commit of this partition has failed since it was last asked.
    package func takeRejection(_ partition: TopicPartition) -> Bool {
        contents.withLock { $0.failed.remove(partition) != nil }
    }

    package func forget(_ partitions: [TopicPartition]) {
        contents.withLock { contents in
            for one in partitions {
                contents.positions[one] = nil
                contents.failed.remove(one)
            }
        }
    }

    package func committed(_ partition: TopicPartition) -> NextOffset? {
        contents.withLock { $0.positions[partition] }
    }
}

extension TopicPartition {
    fileprivate init(_ position: RecordPosition) { self.init(topic: position.topic, partition: position.partition) }
}
