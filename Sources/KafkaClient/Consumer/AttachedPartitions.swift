internal import CRdKafka
internal import Foundation

/// Which partitions a worker's queue serves, each with a slot and its own queue.
struct AttachedPartitions {
    private struct Entry {
        var partition: TopicPartition
        var name: [CChar]
        var queue: OpaquePointer
    }

    private var entries: [Entry?] = []
    /// Neighbours in a batch are mostly of one partition: the last answer is kept.
    private var lastTopic: OpaquePointer?
    private var lastPartition: Int32 = -1
    private var lastSlot: Int32 = -1

    mutating func add(_ partition: TopicPartition, queue: OpaquePointer) -> Int {
        forgetLast()
        let entry = Entry(partition: partition, name: Array(partition.topic.utf8CString), queue: queue)
        if let known = slot(of: partition), let old = entries[known] {
            rd_kafka_queue_destroy(old.queue)
            entries[known] = entry
            return known
        }
        if let free = entries.firstIndex(where: { $0 == nil }) {
            entries[free] = entry
            return free
        }
        entries.append(entry)
        return entries.count - 1
    }

    /// The partition's queue, which is the caller's now.
    mutating func remove(_ partition: TopicPartition) -> OpaquePointer? {
        forgetLast()
        guard let slot = slot(of: partition) else { return nil }
        defer { entries[slot] = nil }
        return entries[slot]?.queue
    }

    var queues: [OpaquePointer] { entries.compactMap { $0?.queue } }

    func slot(of partition: TopicPartition) -> Int? { entries.firstIndex { $0?.partition == partition } }

    /// -1 where the partition isn't attached. Compares names only where the partition isn't the last one's.
    mutating func slot(topic: OpaquePointer?, partition: Int32) -> Int32 {
        if topic == lastTopic, partition == lastPartition { return lastSlot }
        guard let topic, let name = rd_kafka_topic_name(topic) else { return -1 }
        var found: Int32 = -1
        for index in entries.indices where entries[index]?.partition.partition == partition {
            guard let entry = entries[index] else { continue }
            if entry.name.withUnsafeBufferPointer({ strcmp($0.baseAddress!, name) }) == 0 { found = Int32(index) }
        }
        (lastTopic, lastPartition, lastSlot) = (topic, partition, found)
        return found
    }

    private mutating func forgetLast() { (lastTopic, lastPartition, lastSlot) = (nil, -1, -1) }
}
