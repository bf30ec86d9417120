internal import JSONTree
internal import Records

extension TreeDecoder {
    /// Why `value` is refused: the JSON Pointer, what was found there (never a whole record), what was expected.
    func message(_ error: DecodeError, value: UnsafeRawBufferPointer?) -> String {
        if error == .missingID {
            return
                "nothing says which record it belongs to: \(plan.id.pointer) is absent or null, or isn't asked for, and "
                + "there is no key"
        }
        guard error != .tombstone, let value else {
            return "the record has no value (a tombstone); expected is a JSON object"
        }
        let document: JSONValue
        do { document = try JSONValue.parse(value) } catch { return "malformed JSON: \(error)" }
        func found(_ field: RecordField) -> String {
            let (pointer, value) = culprit(field, in: document)
            return "\(pointer): found \(value.map(short) ?? "nothing")"
        }
        switch error {
        case .tombstone, .malformedJSON, .missingID: return "malformed JSON"
        case .noContainer(let field):
            let (pointer, value) = obstacle(field, in: document)
            return "\(pointer): found \(value.map(short) ?? "nothing"), expected is an object on the way to "
                + plan[field].pointer
        case .noFeaturePresent:
            return "none of the \(plan.features.count) declared features is present, the first would be "
                + "\(plan.features[0].pointer); expected is \(expectation(.feature(0))) in at least one"
        case .missingFeature(let index):
            return
                "\(plan.features[index].pointer): absent or null, expected is \(expectation(.feature(index))) (missing: reject)"
        case .wrongType(let field), .wrongLength(let field): return "\(found(field)), expected is \(expectation(field))"
        case .outOfRange(let field) where isTime(field): return "\(found(field)), expected is \(expectation(field))"
        case .outOfRange(let field):
            let largest = min(schema.largestMagnitude, Double(Float.greatestFiniteMagnitude))
            return "\(found(field)), expected is a magnitude of at most \(text(largest))"
        case .unknownClass, .missingLabel: return "\(found(.label)), expected is \(expectation(.label))"
        case .negativeWeight: return "\(found(.weight)), expected is \(expectation(.weight))"
        case .wrongTimestamp(let field): return "\(found(field)), expected is \(expectation(field))"
        }
    }

    /// What stands at a field's path; of arrays the first element that can't stand there.
    private func culprit(_ field: RecordField, in document: JSONValue) -> (pointer: String, value: JSONValue?) {
        let pointer = plan[field].pointer
        guard let value = try? find(field, in: document) else { return (pointer, nil) }
        guard case .feature(let index) = field, case .array(let elements) = value else { return (pointer, value) }
        switch schema.features[index].kind {
        case .vector(let length, _): return wrongElement(elements, length, pointer) ?? (pointer, value)
        case .sequence(let width, _):
            for (step, element) in elements.enumerated() {
                guard case .array(let numbers) = element, numbers.count == width else {
                    return ("\(pointer)/\(step)", element)
                }
                if let wrong = wrongElement(numbers, width, "\(pointer)/\(step)") { return wrong }
            }
            return (pointer, value)
        case .number, .category, .timestamp, .text: return (pointer, value)
        }
    }

    private func wrongElement(
        _ elements: [JSONValue], _ length: Int, _ pointer: String
    ) -> (pointer: String, value: JSONValue?)? {
        guard elements.count == length else { return nil }
        let wrong = elements.firstIndex { element in
            if case .null = element { return false }
            return element.doubleValue.map { abs($0) > schema.largestMagnitude || !Float($0).isFinite } ?? true
        }
        return wrong.map { ("\(pointer)/\($0)", elements[$0]) }
    }

    private func expectation(_ field: RecordField) -> String {
        switch field {
        case .feature(let index): return expectation(of: schema.features[index].kind)
        case .id: return "a string or a number"
        case .timestamp: return expectation(of: .timestamp)
        case .weight: return "a number from 0 on"
        case .label:
            guard !schema.labelClasses.isEmpty else { return "a number" }
            let names = schema.labelClasses.prefix(Self.mostNames).map { name in
                if case .text(let text) = name { short(.string(text)) } else { "the \(kind(name)) \(name)" }
            }
            let others = schema.labelClasses.count - names.count
            return "one of " + names.joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
        }
    }

    /// More classes than these make no message better.
    private static var mostNames: Int { 16 }

    private func expectation(of kind: FeatureKind) -> String {
        switch kind {
        case .number: "a number"
        case .category: "a string, a number or a boolean"
        case .vector(let length, _): "an array of \(length) numbers"
        case .sequence(let width, _): "an array of arrays of \(width) numbers each"
        case .timestamp: "milliseconds since 1970 (an integer up to the year 9999) or RFC 3339 text"
        case .text: "a string"
        }
    }

    private func isTime(_ field: RecordField) -> Bool {
        switch field {
        case .timestamp: true
        case .feature(let index): schema.features[index].kind == .timestamp
        case .id, .label, .weight: false
        }
    }

    private func kind(_ name: ClassName) -> String {
        if case .boolean = name { "boolean" } else { "number" }
    }

    /// The part of a field's path that leads to no container, and what stands there.
    private func obstacle(_ field: RecordField, in document: JSONValue) -> (pointer: String, value: JSONValue?) {
        var pointer = ""
        var value = document
        var place: String { pointer.isEmpty ? "the record" : pointer }
        for token in plan[field].tokens {
            switch value {
            case .object(let object):
                guard let next = object[token] else { return (place, nil) }
                value = next
            case .array(let elements):
                guard let index = Self.index(token), index < elements.count else { return (place, value) }
                value = elements[index]
            default: return (place, value)
            }
            pointer += "/" + JSONPointer.escaped(token)
        }
        return (place, value)
    }

    /// The shortest text that reads back the same.
    private func text(_ number: Double) -> String {
        var buffer = JSONBuffer()
        buffer.append(number: number)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// A value's kind, and as much of it as fits on a line.
    private func short(_ value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .boolean(let boolean): return "the boolean \(boolean)"
        case .integer(let integer): return "the number \(integer)"
        case .number(let number): return "the number \(text(number))"
        case .string(let text):
            let front = String(text.prefix(32))
            return "the string " + JSONValue.string(front).text + (front.utf8.count < text.utf8.count ? "…" : "")
        case .array(let elements): return "an array of \(elements.count)"
        case .object(let object): return "an object of \(object.count)"
        }
    }
}
