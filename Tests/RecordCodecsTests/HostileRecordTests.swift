import RecordCodecs
import Records
import Testing

/// Whatever a producer may send: each is refused or read alike by both ways, and nothing traps.
@Suite struct HostileRecordTests {
    private func both(_ bytes: [UInt8], _ schema: RecordSchema = .binary()) throws -> Outcome {
        let bench = try Bench(schema)
        let outcome = bench.decode(bytes)
        #expect(outcome == bench.decodeSlowly(bytes))
        return outcome
    }

    private func both(_ text: String, _ schema: RecordSchema = .binary()) throws -> Outcome {
        try both(Array(text.utf8), schema)
    }

    @Test(arguments: [
        "", " ", "null", "1", #""x""#, "[", "{", #"{"features": {"a": 1}} {}"#, #"{"features": {"a": 1}}x"#,
        #"{"features": {"a": NaN}}"#, #"{"features": {"a": Infinity}}"#, #"{"features": {"a": -Infinity}}"#,
        #"{"features": {"a": 1e309}}"#, #"{"features": {"a": -1e309}}"#, #"{"features": {"a": 01}}"#,
        #"{"features": {"a": +1}}"#, #"{"features": {"a": .5}}"#, #"{"features": {"a": 1.}}"#,
        #"{"features": {"a": 0x1}}"#,
        #"{"features": {"a": 1,}}"#, #"{'features': {}}"#, #"{"features": {"a": 1}, "x": 9223372036854775808}"#,
        #"{"features": {"a": 1}, "x": [-9223372036854775809]}"#, #"{"features": {"a": 1, "a": 1}}"#,
        #"{"features": {"a": 1, "\u0061": 1}}"#, #"{"features": {"a": 1}, "features": {}}"#,
        #"{"features": {"a": 1}, "x": {"y": 1, "y": 2}}"#,
        #"{"features": {"a": 1}, "x": [[{"y": 1, "\u0079": 2}]]}"#, #"{"features": {"a": 1}, "x\u0000": 1}"#,
        #"{"features": {"a": 1}, "x": "\u0000"}"#,
        #"{"features": {"a": 1}, "x": "\ud800"}"#, #"{"features": {"a": 1}, "x": "\udc00\ud800"}"#,
        #"{"features": {"a": 1}, "x": "\q"}"#,
        "{\"features\": {\"a\": 1}, \"x\": \"\n\"}", "\u{FEFF}{\"features\": {\"a\": 1}}",
        "{\"features\": {\"a\": 1}}\0",
        "{\"features\":\u{A0}{\"a\": 1}}", "// x\n{\"features\": {\"a\": 1}}",
    ])
    func `what jansson refuses is refused`(_ text: String) throws {
        #expect(try both(text).error == .malformedJSON)
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `invalid and overlong UTF-8 is refused`(_ wrong: [UInt8]) throws {
        let bytes = Array(#"{"features": {"a": 1}, "x": ""#.utf8) + wrong + Array(#""}"#.utf8)
        #expect(try both(bytes).error == .malformedJSON)
        let key = Array(#"{"features": {"a": 1}, ""#.utf8) + wrong + Array(#"": 1}"#.utf8)
        #expect(try both(key).error == .malformedJSON)
    }

    @Test func `UTF-16 is refused`() throws {
        let text = #"{"features": {"a": 1}}"#
        #expect(try both(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }).error == .malformedJSON)
        #expect(
            try both([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }).error == .malformedJSON)
    }

    @Test func `nesting is read as deep as jansson does, and not deeper`() throws {
        func nested(_ depth: Int) -> String {
            #"{"features": {"a": 1}, "x": "# + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}"
        }
        #expect(try both(nested(1000)).error == nil)
        #expect(try both(nested(2047)).error == nil)
        #expect(try both(nested(2048)).error == .malformedJSON)
        #expect(try both(nested(1_000_000)).error == .malformedJSON)
        #expect(try both(String(repeating: "[", count: 1_000_000)).error == .malformedJSON)
        #expect(try both(String(repeating: "{\"a\":", count: 1_000_000)).error == .malformedJSON)
    }

    @Test func `a record truncated at any byte is refused`() throws {
        let text = Array(
            #"{"id": "e\n-1", "timestamp": 1700000000123, "features": {"a": 0.5e-1, "b": -3}, "label": "UP", "x": [null, true]}"#
                .utf8)
        for count in 0..<text.count { #expect(try both(Array(text[..<count])).error == .malformedJSON) }
        #expect(try both(text).error == nil)
    }

    @Test func `a string of 100 megabytes is read`() throws {
        let front = Array(#"{"features": {"a": 1}, "x": ""#.utf8)
        let bytes = front + [UInt8](repeating: UInt8(ascii: "x"), count: 100_000_000) + Array(#""}"#.utf8)
        let bench = try Bench(.binary())
        #expect(bench.decode(bytes).floats[0] == 1)
    }

    @Test func `many keys take no quadratic time, and a duplicate among them is found`() throws {
        var keys = (0..<60_000).map { "\"k\($0)\":0" }
        func record() -> [UInt8] {
            Array((#"{"features": {"a": 1}, "x": {"# + keys.joined(separator: ",") + "}}").utf8)
        }
        let bench = try Bench(.binary())
        #expect(bench.scans(record()))
        keys.append("\"k77\":0")
        #expect(!bench.scans(record()) && bench.decode(record()).error == .malformedJSON)
    }

    @Test func `a million keys are read`() throws {
        let keys = (0..<1_000_000).map { "\"k\($0)\":0" }.joined(separator: ",")
        let bench = try Bench(.binary())
        #expect(bench.decode(#"{"features": {"a": 1}, "x": {"# + keys + "}}").error == nil)
    }

    @Test(arguments: [
        ("-0", Float(0)), ("-0.0", -0.0), ("5e-324", 0), ("1e-400", 0), ("1e-40", Float(bitPattern: 71_362)),
        ("9007199254740993", 9_007_199_254_740_992),
        ("1e15", 1e15), ("1E-7", 1e-7), ("0.1", 0.1), ("16777217", 16_777_216),
    ])
    func `extreme numbers are rounded as IEEE 754 has it`(_ token: String, _ value: Float) throws {
        var schema = RecordSchema.binary()
        schema.largestMagnitude = 1e30
        #expect(try both(#"{"features": {"a": \#(token)}}"#, schema).row.first == value.bitPattern)
    }

    @Test func `a number beyond Float32 is refused whatever the limit is`() throws {
        var schema = RecordSchema.binary()
        schema.largestMagnitude = .greatestFiniteMagnitude
        #expect(try both(#"{"features": {"a": 3.5e38}}"#, schema).error == .outOfRange(.feature(0)))
        #expect(try both(#"{"features": {"a": 3.4e38}}"#, schema).error == nil)
        #expect(try both(#"{"features": {"a": 1e308}}"#, schema).error == .outOfRange(.feature(0)))
    }

    @Test func `400 digits are refused as an integer and as a number`() throws {
        let digits = String(repeating: "9", count: 400)
        #expect(try both(#"{"features": {"a": \#(digits)}}"#).error == .malformedJSON)
        #expect(try both(#"{"features": {"a": \#(digits).0}}"#).error == .malformedJSON)
        #expect(try both(#"{"features": {"a": 0.\#(digits)}}"#).floats[0] == 1)
    }
}
