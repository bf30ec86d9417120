internal import CRdKafka
internal import Glibc
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
            let element = rd_kafka_topic_partition_list_add(pointer, one.topic, one.partition)!
            element.pointee.offset = one.next.rawValue
            // librdkafka frees it with the list.
            if let note = one.note, let copy = strdup(note) {
                element.pointee.metadata = UnsafeMutableRawPointer(copy)
                element.pointee.metadata_size = strlen(copy)
            }
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

    /// What a commit keeps beside its position; nil for nothing.
    var note: String? {
        guard let metadata, metadata_size > 0 else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: metadata, count: metadata_size), as: UTF8.self)
    }
}
