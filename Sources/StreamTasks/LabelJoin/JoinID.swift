internal import JSONTree

/// An id as text: a string's characters, a number as it stands. So a Kafka key, the string "7" and the number 7 are the same.
struct JoinID: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer

    init() { memory = .allocate(byteCount: 256, alignment: 1) }

    deinit { memory.deallocate() }

    /// - Parameter token: a JSON string with its quotes, or a number.
    /// - Returns: a view of the token, or of memory that the next call writes over.
    /// - Cost: O(bytes); only a string with an escape in it is copied, and costs a parse.
    mutating func text(of token: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard token.count >= 2, token[0] == UInt8(ascii: "\"") else { return token }
        let inner = UnsafeRawBufferPointer(rebasing: token[1..<token.count - 1])
        guard inner.contains(UInt8(ascii: "\\")) else { return inner }
        let array = [UInt8(ascii: "[")] + Array(token) + [UInt8(ascii: "]")]
        guard let text = (try? JSONValue.parse(array))?[0]?.stringValue else { return inner }
        return copy(Array(text.utf8))
    }

    /// What a record without id and key is called: topic-partition-offset.
    mutating func place(topic: String, partition: Int32, offset: Int64) -> UnsafeRawBufferPointer {
        copy(Array("\(topic)-\(partition)-\(offset)".utf8))
    }

    private mutating func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        if bytes.count > memory.count {
            memory.deallocate()
            memory = .allocate(byteCount: 2 * bytes.count, alignment: 1)
        }
        memory.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])
    }
}
