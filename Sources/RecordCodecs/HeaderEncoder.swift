/// The value of the `millrace-input` header: `topic/partition/offset` of the record that an output comes from.
///
/// - Cost: allocates nothing once warm.
package struct HeaderEncoder: ~Copyable {
    package static let name: StaticString = "millrace-input"

    private var output = JSONBuffer(capacity: 320)
    private let topic: [UInt8]

    package init(topic: String) { self.topic = Array((topic + "/").utf8) }

    /// - Returns: bytes that are valid until the next call.
    package mutating func encode(partition: Int32, offset: Int64) -> UnsafeRawBufferPointer {
        output.clear()
        output.append(topic)
        output.append(integer: Int64(partition))
        output.append(UInt8(ascii: "/"))
        output.append(integer: offset)
        return output.bytes
    }
}
