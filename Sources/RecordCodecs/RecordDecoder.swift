internal import JSONTree
package import Records

/// JSON feature records to rows.
///
/// simdjson scans them; what it isn't sure of, jansson decides. What the fast way accepts, jansson accepts too, with the
/// same row bit for bit. One thread at a time.
package struct RecordDecoder: ~Copyable {
    private let scanner: RecordScanner
    private let tree: TreeDecoder
    /// The id token of the last record that jansson decided, whose address must stay.
    private var id: UnsafeMutableRawBufferPointer

    package init(_ schema: RecordSchema) throws(RecordSchemaError) {
        let plan = try RecordPlan(schema)
        scanner = RecordScanner(plan)
        tree = TreeDecoder(plan: plan)
        id = .allocate(byteCount: 64, alignment: 1)
    }

    deinit { id.deallocate() }

    /// Decodes and validates all of one record.
    /// - Parameter value: nil for a tombstone.
    /// - Parameter row: of the schema's features. Where this throws, its content is of no use.
    /// - Cost: a few hundred nanoseconds, and allocates nothing once warm; a refused or an unusual record (`\u` escapes,
    ///   more than a mebibyte, an id such as 1.50) costs a parse into a tree.
    package mutating func decode(
        _ value: UnsafeRawBufferPointer?, into row: borrowing FeatureRow
    ) throws(DecodeError) -> DecodedRecord {
        precondition(
            row.counts.count == tree.plan.features.count && row.numbers.count == tree.plan.layout.numbers
                && row.codes.count == tree.plan.layout.codes, "the row is of other features")
        guard let value else { throw .tombstone }
        if let record = scanner.scan(value, into: row) { return record }
        return try decodeWithTree(value, into: row)
    }

    /// The slow way alone, which is what the fast one is held against.
    package mutating func decodeWithTree(
        _ value: UnsafeRawBufferPointer, into row: borrowing FeatureRow
    ) throws(DecodeError) -> DecodedRecord {
        let document: JSONValue
        do { document = try JSONValue.parse(value) } catch { throw .malformedJSON }
        var record = try tree.decode(document, into: row)
        if let token = try tree.idToken(document, in: value) {
            if id.count < token.count {
                id.deallocate()
                id = .allocate(byteCount: token.count * 2, alignment: 1)
            }
            id.copyMemory(from: token)
            record.id = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(id)[..<token.count])
        }
        return record
    }

    /// True where the fast way takes this record, and jansson isn't asked.
    package func scans(_ value: UnsafeRawBufferPointer, into row: borrowing FeatureRow) -> Bool {
        scanner.scan(value, into: row) != nil
    }

    /// The exact reason in words, for the dead letter; reads the record once more.
    package mutating func explain(_ error: DecodeError, value: UnsafeRawBufferPointer?) -> DecodeReason {
        DecodeReason(className: error.className, message: tree.message(error, value: value))
    }
}
