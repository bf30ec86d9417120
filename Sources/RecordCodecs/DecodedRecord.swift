package import Records

/// What a record says besides its features, all of it validated.
package struct DecodedRecord {
    /// The JSON token as it stood, a string with its quotes; nil where there is none. Valid until the next decode.
    package var id: UnsafeRawBufferPointer?
    /// Milliseconds since 1970.
    package var timestamp: Int64?
    package var label: Label
    /// Not negative; 0 means that it is not learned.
    package var weight: Double
}
