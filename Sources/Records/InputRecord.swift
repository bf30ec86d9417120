/// One record as it came from a topic: a view of memory that the batch owns.
///
/// It is valid only while the batch is, that is inside the call it is handed to.
public struct InputRecord {
    /// Nil where the record has no key.
    public var key: UnsafeRawBufferPointer?
    /// Nil for a tombstone.
    public var value: UnsafeRawBufferPointer?
    /// Milliseconds since 1970, as the broker gave it; -1 where it has none.
    public var timestamp: Int64
    public var partition: Int32
    public var offset: Int64
    /// Which of a task's inputs it is of.
    public var input = InputKind.features
    /// The W3C trace context that came with the record, passed through to all records it causes.
    public var traceparent: UnsafeRawBufferPointer?
    /// The client's own message, from which a dead letter's headers are copied; nil where there is none.
    public var origin: UnsafeRawPointer?

    public init(
        key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, timestamp: Int64, partition: Int32,
        offset: Int64, traceparent: UnsafeRawBufferPointer? = nil, origin: UnsafeRawPointer? = nil
    ) {
        self.key = key
        self.value = value
        self.timestamp = timestamp
        self.partition = partition
        self.offset = offset
        self.traceparent = traceparent
        self.origin = origin
    }
}

/// The inputs of a task.
public enum InputKind: UInt8, Sendable {
    case features
    /// Labels that come later than their feature records.
    case labels
    /// What the other tasks tell of their models.
    case mix
}
