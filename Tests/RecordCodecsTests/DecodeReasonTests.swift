import RecordCodecs
import Records
import Testing

@Suite struct DecodeReasonTests {
    @Test(arguments: [
        (#"{"features": {"a": 1,}}"#, "line 1, column 22"), ("{\n\"features\": nope}", "line 2, column 16"),
        (#"{"features": {"a": 1, "a": 2}}"#, "duplicate object key"), ("", "line 1, column"),
    ])
    func `malformed JSON is explained in jansson's words and place`(_ text: String, _ part: String) throws {
        let bench = try Bench(.binary())
        let reason = try #require(bench.explain(text))
        #expect(reason.className == "MalformedJSON" && reason.message.contains(part), "\(reason.message)")
    }

    @Test(arguments: [
        (#"{"features": 5}"#, "/features: found the number 5, expected is an object on the way to /features/a"),
        (#"[]"#, "the record: found an array of 0, expected is an object on the way to /features/a"),
        (#"{"features": {"b": true}}"#, "/features/b: found the boolean true, expected is a number"),
        (
            #"{"features": {"a": 2e15}}"#,
            "/features/a: found the number 2e+15, expected is a magnitude of at most 1e+15"
        ),
        (
            #"{"features": {"a": 1}, "label": 3}"#,
            #"/label: found the number 3, expected is one of the string "DOWN", the string "UP""#
        ),
        (#"{"features": {"a": 1}, "weight": -2}"#, "/weight: found the number -2, expected is a number from 0 on"),
        (#"{"features": {"a": 1}, "id": [1, 2]}"#, "/id: found an array of 2, expected is a string or a number"),
        (
            #"{"features": {"a": 1}, "timestamp": "\#(String(repeating: "y", count: 99))"}"#,
            #"/timestamp: found the string "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"…, expected is milliseconds since 1970 "#
                + "(an integer up to the year 9999) or RFC 3339 text"
        ),
    ])
    func `a refusal names the pointer, what was found and what is expected`(_ text: String, _ message: String) throws {
        let bench = try Bench(.binary())
        #expect(bench.explain(text)?.message == message)
    }

    @Test func `a tombstone and missing features are explained`() throws {
        let bench = try Bench(.binary(missing: .reject))
        #expect(bench.decoder.explain(.tombstone, value: nil).message.contains("tombstone"))
        #expect(bench.explain(#"{"features": {"a": 1}}"#)?.message.hasPrefix("/features/b: absent or null") == true)
        #expect(bench.explain("{}")?.message.hasPrefix("none of the 2 declared features") == true)
    }
}
