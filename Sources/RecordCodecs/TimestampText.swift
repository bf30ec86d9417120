internal import CRecordScanner

/// Time as text.
package enum TimestampText {
    /// Milliseconds since 1970 of a time as RFC 3339 writes it; nil for any other text, and for times that no record may have.
    package static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
        var milliseconds: Int64 = 0
        let bytes = text.bindMemory(to: UInt8.self)
        return record_parse_timestamp(bytes.baseAddress, bytes.count, &milliseconds) ? milliseconds : nil
    }
}
