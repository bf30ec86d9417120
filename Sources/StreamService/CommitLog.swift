package import KafkaClient
package import Records
internal import Synchronization

/// What the group has committed, as the broker confirmed it: written where commits are answered, read by the workers.
package final class CommitLog: Sendable {
    private let positions = Mutex<[TopicPartition: NextOffset]>([:])

    package init() {}

    package func confirm(_ confirmed: [RecordPosition]) {
        positions.withLock { positions in
            for one in confirmed {
                positions[TopicPartition(topic: one.topic, partition: one.partition)] = one.next
            }
        }
    }

    package func forget(_ partitions: [TopicPartition]) {
        positions.withLock { positions in for one in partitions { positions[one] = nil } }
    }

    package func committed(_ partition: TopicPartition) -> NextOffset? { positions.withLock { $0[partition] } }
}
