/// Where a snapshot in a topic stands, as commands name it: `kafka:TOPIC/PARTITION/RECORDS`.
package struct SnapshotPlace: Sendable, Equatable, CustomStringConvertible {
    package static let scheme = "kafka:"

    package var topic: String
    package var partition: Int32
    package var records: UInt64

    package init(topic: String, partition: Int32, records: UInt64) {
        self.topic = topic
        self.partition = partition
        self.records = records
    }

    /// Nil for anything else; a topic's name has no slash.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.scheme) else { return nil }
        let parts = text.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let partition = Int32(parts[1]), partition >= 0,
            let records = UInt64(parts[2])
        else { return nil }
        self.init(topic: String(parts[0]), partition: partition, records: records)
    }

    package var description: String { "\(Self.scheme)\(topic)/\(partition)/\(records)" }
}
