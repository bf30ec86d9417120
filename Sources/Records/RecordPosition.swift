/// The NEXT offset to read of one partition, never the last one read.
public struct NextOffset: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var rawValue: Int64

    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// The position after a record that stood at `offset`.
    public init(after offset: Int64) { rawValue = offset + 1 }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public var description: String { String(rawValue) }
}

/// A place in an input: topic, partition, next offset.
public struct RecordPosition: Sendable, Hashable, CustomStringConvertible {
    public var topic: String
    public var partition: Int32
    public var next: NextOffset
    /// A text that the broker keeps with a commit of this position; nil for none.
    public var note: String?

    public init(topic: String, partition: Int32, next: NextOffset, note: String? = nil) {
        self.topic = topic
        self.partition = partition
        self.next = next
        self.note = note
    }

    public var description: String { "\(topic)/\(partition)@\(next)" }
}
