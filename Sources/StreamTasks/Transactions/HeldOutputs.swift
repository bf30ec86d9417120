package import KafkaClient
package import Records

/// Outputs that wait for the other transaction to be delivered: copies, in order, in one block of memory.
///
/// - Cost: one copy of the bytes; nothing is allocated once the block is made. What doesn't fit is refused, which is the
///   back-pressure: a larger block would only trade a short wait for page faults.
package struct HeldOutputs: ~Copyable {
    private let bytes: UnsafeMutableRawBufferPointer
    private var used = 0
    private var headers = HeaderList()

    private static let absent = UInt32.max

    /// - Parameter capacity: bytes.
    package init(capacity: Int) {
        bytes = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { bytes.deallocate() }

    package var isEmpty: Bool { used == 0 }
    package var free: Int { bytes.count - used }

    /// - Returns: false where there is no room for it.
    package mutating func append(
        _ kind: OutputKind, partition: Int32, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        timestamp: Int64, headers: borrowing HeaderList
    ) -> Bool {
        var size = 8 + 4 + 8 + 4 + 4 + 4 + (key?.count ?? 0) + (value?.count ?? 0)
        headers.forEach { size += 8 + $0.count + ($1?.count ?? 0) }
        guard size <= free else { return false }
        put(kind.rawValue)
        put(partition)
        put(timestamp)
        put(UInt32(truncatingIfNeeded: headers.count))
        put(key)
        put(value)
        headers.forEach { name, value in
            put(name)
            put(value)
        }
        return true
    }

    /// Hands the outputs over, the oldest first, and forgets them.
    package mutating func drain(
        _ body: (
            OutputKind, _ partition: Int32, _ key: UnsafeRawBufferPointer?, _ value: UnsafeRawBufferPointer?,
            _ timestamp: Int64,
            _ headers: borrowing HeaderList
        ) -> Void
    ) {
        var reader = Reader(rest: UnsafeRawBufferPointer(rebasing: bytes[..<used]))
        while !reader.rest.isEmpty {
            let kind = OutputKind(rawValue: reader.integer()) ?? .deadLetter
            let partition: Int32 = reader.integer()
            let timestamp: Int64 = reader.integer()
            let count: UInt32 = reader.integer()
            let key = reader.view()
            let value = reader.view()
            headers.removeAll()
            for _ in 0..<count {
                let name = reader.view()
                headers.add(name ?? UnsafeRawBufferPointer(start: nil, count: 0), reader.view())
            }
            body(kind, partition, key, value, timestamp, headers)
        }
        used = 0
    }

    package mutating func removeAll() { used = 0 }

    private mutating func put<Value: FixedWidthInteger>(_ value: Value) {
        bytes.storeBytes(of: value, toByteOffset: used, as: Value.self)
        used += MemoryLayout<Value>.size
    }

    private mutating func put(_ view: UnsafeRawBufferPointer?) {
        guard let view else { return put(Self.absent) }
        put(UInt32(truncatingIfNeeded: view.count))
        guard let start = view.baseAddress else { return }
        bytes.baseAddress.map { ($0 + used).copyMemory(from: start, byteCount: view.count) }
        used += view.count
    }

    /// Reads what `append` has written.
    private struct Reader {
        var rest: UnsafeRawBufferPointer

        mutating func integer<Value: FixedWidthInteger>() -> Value {
            defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(MemoryLayout<Value>.size)) }
            return rest.loadUnaligned(as: Value.self)
        }

        mutating func view() -> UnsafeRawBufferPointer? {
            let count: UInt32 = integer()
            guard count != HeldOutputs.absent else { return nil }
            defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(count))) }
            return UnsafeRawBufferPointer(rebasing: rest.prefix(Int(count)))
        }
    }
}
