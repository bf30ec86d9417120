internal import CRecordScanner
internal import JSONTree
internal import Records

/// The slow and exact way: the same rules as the scanner's, on jansson's tree.
struct TreeDecoder {
    let plan: RecordPlan

    var schema: RecordSchema { plan.schema }

    /// All of a record but its id, which only its bytes can tell.
    func decode(_ document: JSONValue, into row: borrowing FeatureRow) throws(DecodeError) -> DecodedRecord {
        row.clear()
        var present = false
        for index in plan.features.indices {
            guard let value = try find(.feature(index), in: document) else { continue }
            row.counts[index] = UInt32(try take(value, index, into: row))
            if row.counts[index] > 0 { present = true }
        }
        guard present || !schema.hasFeatures else { throw .noFeaturePresent }
        for index in plan.features.indices where row.counts[index] < plan.needed(index) { throw .missingFeature(index) }
        return DecodedRecord(
            id: nil, timestamp: try timestamp(document), label: try label(document), weight: try weight(document))
    }

    /// The id as it stands in `bytes`, from which `document` was read.
    func idToken(_ document: JSONValue, in bytes: UnsafeRawBufferPointer) throws(DecodeError) -> UnsafeRawBufferPointer?
    {
        switch try find(.id, in: document) {
        case nil: nil
        case .string, .integer, .number: TokenLocator(bytes).token(at: plan.id.tokens)
        default: throw .wrongType(.id)
        }
    }

    /// What stands at a field's path; nil where it is absent or null.
    func find(_ field: RecordField, in document: JSONValue) throws(DecodeError) -> JSONValue? {
        var value = document
        for token in plan[field].tokens {
            switch value {
            case .object(let object):
                guard let member = object[token], object.keys.contains(where: { $0.utf8.elementsEqual(token.utf8) })
                else { return nil }
                value = member
            case .array(let elements):
                guard let index = Self.index(token) else { throw .noContainer(field) }
                guard index < elements.count else { return nil }
                value = elements[index]
            case .null: return nil
            default: throw .noContainer(field)
            }
        }
        if case .null = value { return nil }
        return value
    }

    /// RFC 6901, section 4: digits without a leading zero.
    static func index(_ token: String) -> Int? {
        let digits = token.utf8
        guard (1...9).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.count > 1 && digits.first == 48 ? nil : Int(token)
    }

    func number(_ value: JSONValue, _ field: RecordField) throws(DecodeError) -> Double {
        guard let number = value.doubleValue else { throw .wrongType(field) }
        guard abs(number) <= schema.largestMagnitude else { throw .outOfRange(field) }
        return number
    }

    private func timestamp(_ document: JSONValue) throws(DecodeError) -> Int64? {
        guard let value = try find(.timestamp, in: document) else { return nil }
        return try milliseconds(value, .timestamp)
    }

    func milliseconds(_ value: JSONValue, _ field: RecordField) throws(DecodeError) -> Int64 {
        switch value {
        case .integer(let milliseconds):
            guard (0...RECORD_LATEST_TIMESTAMP).contains(milliseconds) else { throw .outOfRange(field) }
            return milliseconds
        case .string(let text):
            var milliseconds: Int64 = 0
            let bytes = Array(text.utf8)
            guard record_parse_timestamp(bytes, bytes.count, &milliseconds) else { throw .wrongTimestamp(field) }
            return milliseconds
        default: throw .wrongType(field)
        }
    }

    private func label(_ document: JSONValue) throws(DecodeError) -> Label {
        guard schema.inlineLabels, let value = try find(.label, in: document) else { return .absent }
        guard schema.target != .regression else { return .value(try number(value, .label)) }
        let index = schema.labelClasses.firstIndex { name in
            switch (name, value) {
            case (.text(let text), .string(let found)): text.utf8.elementsEqual(found.utf8)
            case (.boolean(let boolean), .boolean(let found)): boolean == found
            case (.number(let number, _), .integer), (.number(let number, _), .number): number == value.doubleValue
            default: false
            }
        }
        if let index { return .classIndex(index) }
        // Any other label is somebody else's.
        guard schema.target != .unlabelled else { return .absent }
        switch value {
        case .array, .object: throw .wrongType(.label)
        default: throw .unknownClass
        }
    }

    private func weight(_ document: JSONValue) throws(DecodeError) -> Double {
        guard let value = try find(.weight, in: document) else { return 1 }
        let weight = try number(value, .weight)
        guard weight >= 0 else { throw .negativeWeight }
        // A weight of -0 is 0.
        return weight + 0
    }
}
