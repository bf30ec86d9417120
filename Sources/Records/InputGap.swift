/// Records of an input that were gone when a task needed them, and that it was allowed to pass over.
public struct InputGap: Sendable, Hashable, CustomStringConvertible {
    public var topic: String
    public var partition: Int32
    /// The first offset that was passed over.
    public var from: NextOffset
    /// Where the task went on.
    public var to: NextOffset
    /// The first record at or after this position tells the drift topic of the gap: what lay before it had been processed
    /// when the gap was found, so its outputs are in Kafka already.
    public var toldAt: NextOffset

    public init(topic: String, partition: Int32, from: NextOffset, to: NextOffset, toldAt: NextOffset) {
        self.topic = topic
        self.partition = partition
        self.from = from
        self.to = to
        self.toldAt = toldAt
    }

    public var description: String { "\(topic)/\(partition)@\(from)..<\(to)" }
}
