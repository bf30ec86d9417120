package import Records

/// What `Consumer.poll` reports. Records never come this way: they go to the workers' queues.
package enum ConsumerEvent: Sendable, Equatable {
    /// Load the partitions' state, then call `acceptAssignment`. Until then the group waits.
    case assigned([TopicPartition])
    /// Commit and drop the partitions' state, then call `releaseAssignment`. Where they are `lost`, another member may
    /// own them already: commit nothing.
    case revoked([TopicPartition], lost: Bool)
    case committed([RecordPosition])
    /// A commit that failed. Where the error `isStale`, the partitions belong to someone else by now.
    case commitFailed([RecordPosition], KafkaError)
    case error(KafkaError)
    /// A record that came before its partition had a worker's queue, and was therefore not delivered: the partition has
    /// to be assigned anew at this position. Doesn't happen where `detachQueue` was called before the assignment.
    case strayed(RecordPosition)
    /// An event that this layer doesn't know, by its name in librdkafka.
    case other(String)
}
