import RecordCodecs
import Records
import Testing

@Suite struct RecordDecoderTests {
    @Test func `a whole record is read`() throws {
        let bench = try Bench(.binary())
        let text =
            #"{"id": "e-1", "timestamp": 1700000000123, "features": {"a": 0.06, "b": -3}, "label": "UP", "weight": 2}"#
        let outcome = bench.decode(text)
        #expect(outcome.error == nil)
        #expect(outcome.floats == [0.06, -3])
        #expect(outcome.id == "\"e-1\"")
        #expect(outcome.timestamp == 1_700_000_000_123)
        #expect(outcome.label == .classIndex(1))
        #expect(Double(bitPattern: outcome.weight) == 2)
        #expect(bench.scans(Array(text.utf8)))
    }

    @Test func `what is absent or null has its default`() throws {
        let bench = try Bench(.binary())
        for text in [
            #"{"features": {"a": 1}}"#,
            #"{"id": null, "timestamp": null, "label": null, "weight": null, "features": {"a": 1, "b": null}}"#,
        ] {
            let outcome = bench.decode(text)
            #expect(outcome.error == nil)
            #expect(outcome.floats[0] == 1 && outcome.floats[1].isNaN)
            #expect(outcome.id == nil && outcome.timestamp == nil && outcome.label == .absent)
            #expect(Double(bitPattern: outcome.weight) == 1)
        }
    }

    @Test func `unknown fields and another order change nothing`() throws {
        let bench = try Bench(.binary())
        let outcome = bench.decode(
            #"{"x": [1, {"y": {}}], "label": "DOWN", "features": {"q": "w", "b": 2, "z": [], "a": 1}, "é": null}"#)
        #expect(outcome.error == nil && outcome.floats == [1, 2] && outcome.label == .classIndex(0))
    }

    @Test func `paths go to any depth, through arrays and escaped names`() throws {
        let schema = RecordSchema(
            features: [
                FeatureDeclaration(name: "deep", path: "/x/y/0/z"), FeatureDeclaration(name: "second", path: "/x/y/2"),
                FeatureDeclaration(name: "escaped", path: "/a~1b/m~0n"), FeatureDeclaration(name: "empty", path: "/"),
                FeatureDeclaration(name: "time", path: "/timestamp"),
            ], target: .regression, id: "/meta/key", label: "/x/y/2")
        let bench = try Bench(schema)
        let text =
            #"{"x": {"y": [{"z": 1}, 5, 2]}, "a/b": {"m~n": 3}, "": 4, "timestamp": 5, "meta": {"key": 17}}"#
        let outcome = bench.decode(text)
        #expect(outcome.error == nil && outcome.floats == [1, 2, 3, 4, 5])
        #expect(outcome.id == "17" && outcome.label == .value(2) && outcome.timestamp == 5)
        #expect(bench.scans(Array(text.utf8)) && outcome == bench.decodeSlowly(Array(text.utf8)))
    }

    @Test func `a missing feature is refused where its policy says so`() throws {
        let bench = try Bench(.binary(missing: .reject))
        #expect(bench.decode(#"{"features": {"a": 1, "b": null}}"#).error == .missingFeature(1))
        #expect(bench.decode(#"{"features": {"a": 1, "b": 2}}"#).error == nil)
    }

    @Test(arguments: [
        (#"{}"#, DecodeError.noFeaturePresent), (#"{"features": {}}"#, .noFeaturePresent),
        (#"{"features": null}"#, .noFeaturePresent), (#"{"features": {"a": null}}"#, .noFeaturePresent),
        (#"{"features": 1}"#, .noContainer(.feature(0))), (#"{"features": "a"}"#, .noContainer(.feature(0))),
        (#"{"features": [1, 2]}"#, .noContainer(.feature(0))),
        (#"[{"features": {"a": 1}}]"#, .noContainer(.feature(0))),
        (#"{"features": {"a": "1"}}"#, .wrongType(.feature(0))),
        (#"{"features": {"a": 1, "b": true}}"#, .wrongType(.feature(1))),
        (#"{"features": {"a": []}}"#, .wrongType(.feature(0))), (#"{"features": {"a": {}}}"#, .wrongType(.feature(0))),
        (#"{"features": {"a": 1.1e15}}"#, .outOfRange(.feature(0))),
        (#"{"features": {"a": -1e308}}"#, .outOfRange(.feature(0))),
        (#"{"features": {"a": 9223372036854775807}}"#, .outOfRange(.feature(0))),
        (#"{"features": {"a": 1}, "label": "SIDEWAYS"}"#, .unknownClass),
        (#"{"features": {"a": 1}, "label": true}"#, .unknownClass),
        (#"{"features": {"a": 1}, "label": []}"#, .wrongType(.label)),
        (#"{"features": {"a": 1}, "weight": -1}"#, .negativeWeight),
        (#"{"features": {"a": 1}, "weight": "1"}"#, .wrongType(.weight)),
        (#"{"features": {"a": 1}, "weight": 1e300}"#, .outOfRange(.weight)),
        (#"{"features": {"a": 1}, "id": true}"#, .wrongType(.id)),
        (#"{"features": {"a": 1}, "id": []}"#, .wrongType(.id)),
        (#"{"features": {"a": 1}, "timestamp": -1}"#, .outOfRange(.timestamp)),
        (#"{"features": {"a": 1}, "timestamp": 253402300800000}"#, .outOfRange(.timestamp)),
        (#"{"features": {"a": 1}, "timestamp": 1.5}"#, .wrongType(.timestamp)),
        (#"{"features": {"a": 1}, "timestamp": "yesterday"}"#, .wrongTimestamp(.timestamp)),
    ])
    func `an invalid record is refused with its error`(_ text: String, _ error: DecodeError) throws {
        let bench = try Bench(.binary())
        #expect(bench.decode(text).error == error)
        #expect(error.disposition == .deadLetter)
        #expect(DecodeError.classNames.contains(error.className))
    }

    @Test func `a tombstone is refused`() throws {
        let bench = try Bench(.binary())
        #expect(throws: DecodeError.tombstone) { _ = try bench.decoder.decode(nil, into: bench.row) }
    }

    @Test func `classes compare as the JSON scalars that they are`() throws {
        let bench = try Bench(.binary(classes: [.number(0, spelling: "0"), .number(1, spelling: "1")]))
        func label(_ text: String) -> Outcome { bench.decode(#"{"features": {"a": 1}, "label": \#(text)}"#) }
        #expect(label("1").label == .classIndex(1) && label("1.0").label == .classIndex(1))
        #expect(label("-0").label == .classIndex(0) && label("1e0").label == .classIndex(1))
        #expect(label("true").error == .unknownClass && label(#""1""#).error == .unknownClass)

        let booleans = try Bench(.binary(classes: [.boolean(false), .boolean(true)]))
        #expect(booleans.decode(#"{"features": {"a": 1}, "label": true}"#).label == .classIndex(1))
        #expect(booleans.decode(#"{"features": {"a": 1}, "label": 1}"#).error == .unknownClass)
        #expect(booleans.decode(#"{"features": {"a": 1}, "label": "true"}"#).error == .unknownClass)
    }

    @Test func `a regression label is a number`() throws {
        let bench = try Bench(.regression)
        #expect(bench.decode(#"{"features": {"a": 1}, "label": -11.5}"#).label == .value(-11.5))
        #expect(bench.decode(#"{"features": {"a": 1}, "label": "1"}"#).error == .wrongType(.label))
        #expect(bench.decode(#"{"features": {"a": 1}, "label": true}"#).error == .wrongType(.label))
        #expect(bench.decode(#"{"features": {"a": 1}, "label": 1e16}"#).error == .outOfRange(.label))
    }

    @Test func `labels that come later are not looked at here`() throws {
        var schema = RecordSchema.binary()
        schema.inlineLabels = false
        let bench = try Bench(schema)
        let outcome = bench.decode(#"{"features": {"a": 1}, "label": []}"#)
        #expect(outcome.error == nil && outcome.label == .absent)
    }

    @Test(arguments: [
        "9007199254740993", "1.50", "1e2", "-0", "0", "-17", #""e-1""#, #""a\/b""#, #""\u0041""#, #""a\"b\\""#, #""""#,
        #""é☃""#, "1E+2", "123456789012345678",
    ])
    func `an id is echoed as it stood`(_ token: String) throws {
        let bench = try Bench(.binary())
        let text = #"{"x": [{"id": 3}], "features": {"a": 1, "id": 4}, "id" : \#(token) , "y": "\n"}"#
        #expect(bench.decode(text).id == token)
        #expect(bench.decodeSlowly(Array(text.utf8)).id == token)
    }

    @Test func `a schema that no record can be read with is refused`() {
        #expect(throws: RecordSchemaError.noFeatures) { _ = try Bench(.binary([])) }
        #expect(throws: RecordSchemaError.duplicateFeature(name: "a")) { _ = try Bench(.binary(["a", "a"])) }
        #expect(throws: RecordSchemaError.noClasses) { _ = try Bench(.binary(classes: [])) }
        for pointer in ["", "id", "/a~", "/a~2"] {
            var schema = RecordSchema.binary()
            schema.id = pointer
            #expect(throws: RecordSchemaError.malformedPointer(pointer)) { _ = try Bench(schema) }
        }
    }
}
