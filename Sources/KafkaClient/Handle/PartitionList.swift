internal import CRdKafka
internal import Records

/// Owns a list of partitions, with offsets where they matter, as librdkafka's calls take and give it.
struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init() { pointer = rd_kafka_topic_partition_list_new(8) }

    /// Takes over a list that librdkafka has made.
    init(owning pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) { self.pointer = pointer }

    init(_ partitions: some Sequence<TopicPartition>) {
        self.init()
        for one in partitions { rd_kafka_topic_partition_list_add(pointer, one.topic, one.partition) }
    }

    /// The offsets are the NEXT ones to read, in a commit as in an assignment.
    init(positions: some Sequence<RecordPosition>) {
        self.init()
        for one in positions {
            rd_kafka_topic_partition_list_add(pointer, one.topic, one.partition).pointee.offset = one.next.rawValue
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    borrowing func partitions() -> [TopicPartition] { pointer.elements.map(\.topicPartition) }
}

extension UnsafeMutablePointer<rd_kafka_topic_partition_list_t> {
    /// A view that lives as long as the list does.
    var elements: UnsafeBufferPointer<rd_kafka_topic_partition_t> {
        UnsafeBufferPointer(start: pointee.elems, count: Int(pointee.cnt))
    }
}

extension rd_kafka_topic_partition_t {
    var topicPartition: TopicPartition { TopicPartition(topic: String(cString: topic), partition: partition) }

    var position: RecordPosition {
        RecordPosition(topic: String(cString: topic), partition: partition, next: NextOffset(offset))
    }
}
