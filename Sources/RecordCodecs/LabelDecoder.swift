internal import Records

/// JSON label records: an id, a label, and, where they say so, a time and a weight.
///
/// It reads them as feature records without features, by the same two ways.
package struct LabelDecoder: ~Copyable {
    private var decoder: RecordDecoder
    private let row = FeatureRow(features: [])

    /// - Parameter schema: whose features aren't looked at.
    package init(_ schema: RecordSchema) throws(RecordSchemaError) {
        var schema = schema
        schema.features = []
        schema.hasFeatures = false
        schema.inlineLabels = true
        decoder = try RecordDecoder(schema)
    }

    /// Decodes and validates all of one record.
    /// - Returns: with a label; the id is a view that is valid until the next decode.
    /// - Cost: as of a feature record.
    package mutating func decode(_ value: UnsafeRawBufferPointer) throws(DecodeError) -> DecodedRecord {
        let decoded = try decoder.decode(value, into: row)
        guard decoded.label != .absent else { throw .missingLabel }
        return decoded
    }

    /// The exact reason in words, for the dead letter; reads the record once more.
    package mutating func explain(_ error: DecodeError, value: UnsafeRawBufferPointer?) -> DecodeReason {
        decoder.explain(error, value: value)
    }
}
