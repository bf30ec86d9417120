import RecordCodecs
import Records
import TestSupport
import Testing

extension RecordSchema {
    /// One feature of each kind.
    static func kinds(missing: MissingPolicy = .mean, target: Target = .regression) -> RecordSchema {
        RecordSchema(
            features: [
                FeatureDeclaration(name: "city", kind: .category(.hashed(bits: 10)), missing: missing),
                FeatureDeclaration(name: "a", missing: missing),
                FeatureDeclaration(name: "steps", kind: .sequence(width: 2, steps: 3), missing: missing),
                FeatureDeclaration(name: "pixels", kind: .vector(length: 3), missing: missing),
                FeatureDeclaration(name: "when", kind: .timestamp, missing: missing),
                FeatureDeclaration(name: "note", kind: .text(bits: 10), missing: missing),
            ], target: target)
    }
}

@Suite struct FeatureKindTests {
    private func both(_ features: String, _ schema: RecordSchema = .kinds()) throws -> Outcome {
        let bench = try Bench(schema)
        let bytes = Array("{\"features\": {\(features)}}".utf8)
        let outcome = bench.decode(bytes)
        #expect(outcome == bench.decodeSlowly(bytes))
        if outcome.error == nil, !features.contains("\\u") { #expect(bench.scans(bytes)) }
        return outcome
    }

    @Test func `each kind goes to its place, the plain numbers first`() throws {
        let outcome = try both(
            #""note": "Hello, hello Wörld", "when": "1970-01-01T00:00:01Z", "pixels": [1, null, 3], "#
                + #""steps": [[1, 2], [3, 4], [5, 6], [7, null]], "city": "Bern", "a": 7"#)
        #expect(outcome.counts == [1, 1, 3, 2, 1, 3])
        #expect(outcome.floats[0...1] == [7, 1] && outcome.floats[2].isNaN && outcome.floats[3] == 3)
        // The newest steps.
        #expect(outcome.floats[4..<9] == [3, 4, 5, 6, 7] && outcome.floats[9].isNaN)
        let words = ["hello", "hello", "wörld"].map { ValueHash.text($0) }
        #expect(outcome.codes == [ValueHash.text("Bern"), 1000] + words)
    }

    @Test func `a category is the text of its JSON scalar`() throws {
        func code(_ value: String) throws -> UInt64 { try both("\"city\": \(value)").codes[0] }
        #expect(try code("1") == code("1.0") && code("1") == code("10e-1") && code("0") == code("-0.0"))
        #expect(try Set(["1", "\"1\"", "true", "false", "1.5", "\"true\"", "\"\""].map(code)).count == 7)
        #expect(try code(#""\u0041""#) == code("\"A\"") && code(#""a\/b""#) == code("\"a/b\""))
        #expect(try code("9007199254740993") != code("9007199254740992"))
        #expect(try code("1e300") == ValueHash.number(1e300))
        for name in [ClassName.text("é"), .number(2.5, spelling: "2.5"), .number(3, spelling: "3.0"), .boolean(true)] {
            let written = if case .text(let text) = name { "\"\(text)\"" } else { name.description }
            #expect(try code(written) == ValueHash.of(name))
        }
    }

    @Test func `hashes never change`() {
        // FNV-1a and fmix64, worked out apart from this code.
        #expect(ValueHash.text("") == 0xD7C_EA42_B505_7E4C)
        #expect(ValueHash.text("a") == 0x30CC_DD7F_603D_5594)
        #expect(ValueHash.integer(1) == 0x8F96_F0D6_B617_55B0)
        #expect(ValueHash.number(0.5) == 0xB34E_37BF_43F6_F843)
        #expect(ValueHash.boolean(true) == 0x7FDB_A882_4E8C_E82A)
    }

    @Test(arguments: [
        (#""city": [1]"#, DecodeError.wrongType(.feature(0))), (#""city": {}"#, .wrongType(.feature(0))),
        (#""steps": 1"#, .wrongType(.feature(2))), (#""steps": [1]"#, .wrongType(.feature(2))),
        (#""steps": [[1, 2, 3]]"#, .wrongLength(.feature(2))), (#""steps": [[1]]"#, .wrongLength(.feature(2))),
        (#""steps": [["x", 1], [1, 1], [1, 1], [1, 1]]"#, .wrongType(.feature(2))),
        (#""steps": [[1, 1e16]]"#, .outOfRange(.feature(2))),
        (#""pixels": [1, 2]"#, .wrongLength(.feature(3))), (#""pixels": [1, 2, 3, 4]"#, .wrongLength(.feature(3))),
        (#""pixels": [1, 2, true]"#, .wrongType(.feature(3))), (#""pixels": {"0": 1}"#, .wrongType(.feature(3))),
        (#""pixels": [1, 2, -1e30]"#, .outOfRange(.feature(3))),
        (#""when": 1.5"#, .wrongType(.feature(4))), (#""when": -1"#, .outOfRange(.feature(4))),
        (#""when": "soon""#, .wrongTimestamp(.feature(4))),
        (#""note": 1"#, .wrongType(.feature(5))), (#""note": ["a"]"#, .wrongType(.feature(5))),
        (#""pixels": [null, null, null], "steps": [], "note": " ,.", "city": null"#, .noFeaturePresent),
    ])
    func `what isn't of its kind is refused`(_ features: String, _ error: DecodeError) throws {
        #expect(try both(features).error == error)
    }

    @Test(arguments: [
        (#""pixels": [1, 2]"#, "/features/pixels: found an array of 2, expected is an array of 3 numbers"),
        (#""pixels": [1, 2, true]"#, "/features/pixels/2: found the boolean true, expected is an array of 3 numbers"),
        (
            #""steps": [[1, 2], [3, "x"]]"#,
            #"/features/steps/1/1: found the string "x", expected is an array of arrays of 2 numbers each"#
        ),
        (
            #""steps": [[1]]"#,
            "/features/steps/0: found an array of 1, expected is an array of arrays of 2 numbers each"
        ),
        (
            #""steps": [[1, 1e16]]"#,
            "/features/steps/0/1: found the number 1e+16, expected is a magnitude of at most 1e+15"
        ),
        (#""city": [1]"#, "/features/city: found an array of 1, expected is a string, a number or a boolean"),
        (#""note": 1"#, "/features/note: found the number 1, expected is a string"),
    ])
    func `a refusal names the element, what was found and what is expected`(_ features: String, _ message: String)
        throws
    {
        let bench = try Bench(.kinds())
        #expect(bench.explain("{\"features\": {\(features)}}")?.message == message)
    }

    @Test func `what must be there is refused in part as well`() throws {
        let whole = [
            #""city": "x""#, #""a": 1"#, #""steps": [[1, 2]]"#, #""pixels": [1, 2, 3]"#, #""when": 0"#, #""note": "x""#,
        ]
        let schema = RecordSchema.kinds(missing: .reject)
        #expect(try both(whole.joined(separator: ","), schema).error == nil)
        for index in whole.indices {
            var less = whole
            less.remove(at: index)
            #expect(try both(less.joined(separator: ","), schema).error == .missingFeature(index))
        }
        for (index, part) in [(2, #""steps": []"#), (3, #""pixels": [1, 2, null]"#), (5, #""note": "-""#)] {
            var other = whole
            other[index] = part
            #expect(try both(other.joined(separator: ","), schema).error == .missingFeature(index))
        }
    }

    @Test func `words beyond the bound are passed over`() throws {
        let text = (0..<1000).map { "w\($0)" }.joined(separator: " ")
        let outcome = try both("\"note\": \"\(text)\"")
        #expect(outcome.counts[5] == UInt32(FeatureKind.mostWords))
        #expect(outcome.codes.last == ValueHash.text("w\(FeatureKind.mostWords - 1)"))
    }

    @Test func `many classes are found by their hash, and compare as a few do`() throws {
        var classes = (0..<500).map { ClassName.text("c\($0)") }
        classes += [.number(1, spelling: "1"), .boolean(true), .text("1"), .number(2.5, spelling: "2.5")]
        let bench = try Bench(.kinds(target: .multiclass(classes: classes)))
        func label(_ text: String) -> Outcome {
            let bytes = Array(#"{"features": {"a": 1}, "label": \#(text)}"#.utf8)
            #expect(bench.decode(bytes) == bench.decodeSlowly(bytes))
            return bench.decode(bytes)
        }
        for index in [0, 7, 99, 499] { #expect(label("\"c\(index)\"").label == .classIndex(index)) }
        #expect(label("1.0").label == .classIndex(500) && label("true").label == .classIndex(501))
        #expect(label("\"1\"").label == .classIndex(502) && label("25e-1").label == .classIndex(503))
        #expect(label("\"c500\"").error == .unknownClass && label("false").error == .unknownClass)
    }

    @Test func `without a target a label is not looked at`() throws {
        let bench = try Bench(.kinds(target: .unlabelled))
        let outcome = bench.decode(#"{"features": {"a": 1}, "label": {"any": []}}"#)
        #expect(outcome.error == nil && outcome.label == .absent)
    }

    @Test func `a size that no row has room for is refused`() {
        for kind in [
            FeatureKind.vector(length: 0), .vector(length: -1), .vector(length: .max), .sequence(width: 0, steps: 1),
            .sequence(width: 1, steps: 0), .sequence(width: 1 << 11, steps: 1 << 10),
            .sequence(width: .max, steps: .max),
        ] {
            let schema = RecordSchema(features: [FeatureDeclaration(name: "v", kind: kind)], target: .regression)
            #expect(throws: RecordSchemaError.wrongSize(feature: "v")) { _ = try Bench(schema) }
        }
    }
}
