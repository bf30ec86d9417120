internal import CRecordScanner

/// Bytes of one JSON text, written front to back into memory that grows and is reused.
///
/// - Cost: allocates only where a text is longer than all before it.
struct JSONBuffer: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(capacity: Int = 512) { memory = .allocate(byteCount: capacity, alignment: 8) }

    deinit { memory.deallocate() }

    /// What has been written; valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<count]) }

    mutating func clear() { count = 0 }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if memory.count - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(2 * memory.count, count + more), alignment: 8)
        larger.copyMemory(from: bytes)
        memory.deallocate()
        memory = larger
    }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        memory[count] = byte
        count += 1
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ raw: UnsafeRawBufferPointer) {
        guard let source = raw.baseAddress else { return }
        reserve(raw.count)
        (memory.baseAddress! + count).copyMemory(from: source, byteCount: raw.count)
        count += raw.count
    }

    mutating func append(_ raw: [UInt8]) { raw.withUnsafeBytes { append($0) } }

    mutating func append(integer: Int64) {
        reserve(Int(RECORD_NUMBER_ROOM))
        count += record_print_integer(integer, end)
    }

    mutating func append(unsigned: UInt64) {
        if let integer = Int64(exactly: unsigned) { return append(integer: integer) }
        append(integer: Int64(unsigned / 10))
        append(UInt8(ascii: "0") + UInt8(unsigned % 10))
    }

    /// The shortest text that reads back the same; null where JSON has no word for the number.
    mutating func append(number: Double) {
        reserve(Int(RECORD_NUMBER_ROOM))
        count += record_print_double(number, end)
    }

    mutating func append(number: Float) {
        reserve(Int(RECORD_NUMBER_ROOM))
        count += record_print_float(number, end)
    }

    /// A JSON string. `text` is UTF-8.
    mutating func append(string text: UnsafeRawBufferPointer) {
        reserve(text.count + 2)
        append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            case 0..<0x20:
                append("\\u00")
                append(Self.hex(byte >> 4))
                append(Self.hex(byte & 15))
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    mutating func append(string text: String) {
        var text = text
        text.withUTF8 { append(string: UnsafeRawBufferPointer($0)) }
    }

    private var end: UnsafeMutablePointer<UInt8> {
        (memory.baseAddress! + count).assumingMemoryBound(to: UInt8.self)
    }

    private static func hex(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
