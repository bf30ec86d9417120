internal import JSONTree
internal import Records

extension TreeDecoder {
    /// Writes one feature into the row.
    /// - Returns: how much of it there is.
    func take(_ value: JSONValue, _ index: Int, into row: borrowing FeatureRow) throws(DecodeError) -> Int {
        let place = plan.layout.places[index]
        switch schema.features[index].kind {
        case .number: row.numbers[place.first] = try float(value, .feature(index))
        case .category: row.codes[place.first] = try category(value, .feature(index))
        case .vector:
            return try values(value, .feature(index), into: row.numbers[place.first..<place.first + place.length])
        case .sequence: return try sequence(value, index, place, into: row)
        case .timestamp: row.codes[place.first] = UInt64(try milliseconds(value, .feature(index)))
        case .text: return try words(value, .feature(index), into: row.codes[place.first..<place.first + place.length])
        }
        return 1
    }

    private func float(_ value: JSONValue, _ field: RecordField) throws(DecodeError) -> Float {
        let number = Float(try number(value, field))
        guard number.isFinite else { throw .outOfRange(field) }
        return number
    }

    private func category(_ value: JSONValue, _ field: RecordField) throws(DecodeError) -> UInt64 {
        switch value {
        case .string(let text): ValueHash.text(text)
        case .integer(let integer): ValueHash.integer(integer)
        case .number(let number): ValueHash.number(number)
        case .boolean(let boolean): ValueHash.boolean(boolean)
        case .null, .array, .object: throw .wrongType(field)
        }
    }

    /// As many numbers or nulls as there is room for; how many of them aren't null.
    private func values(
        _ value: JSONValue, _ field: RecordField, into target: Slice<UnsafeMutableBufferPointer<Float>>
    ) throws(DecodeError) -> Int {
        guard case .array(let elements) = value else { throw .wrongType(field) }
        guard elements.count == target.count else { throw .wrongLength(field) }
        var target = target
        var present = 0
        for (place, element) in zip(target.indices, elements) {
            if case .null = element {
                target[place] = .nan
            } else {
                target[place] = try float(element, field)
                present += 1
            }
        }
        return present
    }

    private func sequence(
        _ value: JSONValue, _ index: Int, _ place: RowLayout.Place, into row: borrowing FeatureRow
    ) throws(DecodeError) -> Int {
        guard case .array(let steps) = value else { throw .wrongType(.feature(index)) }
        let old = max(0, steps.count - place.steps)
        for (step, element) in steps.enumerated() {
            // Steps that are too old are validated too, in the place of the first one that is kept.
            let first = place.first + max(0, step - old) * place.length
            _ = try values(element, .feature(index), into: row.numbers[first..<first + place.length])
        }
        return steps.count - old
    }

    /// Words are what stands between anything but letters and digits of ASCII and what isn't ASCII; capitals of ASCII count
    /// as small letters.
    private func words(
        _ value: JSONValue, _ field: RecordField, into target: Slice<UnsafeMutableBufferPointer<UInt64>>
    ) throws(DecodeError) -> Int {
        guard case .string(let text) = value else { throw .wrongType(field) }
        var target = target
        var words = 0
        for word in text.utf8.split(whereSeparator: { !Self.isInWord($0) }).prefix(target.count) {
            let small = word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
            target[target.startIndex + words] = small.withUnsafeBytes { ValueHash.text($0) }
            words += 1
        }
        return words
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF:
            true
        default: false
        }
    }
}
