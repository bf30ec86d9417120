import JSONTree
import Testing

@Suite struct JSONTreeTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,false,null,-0.5,1e+300],"c":{"d":"é \" \\ \n"}}"#, "[]", "{}", #"[""]"#,
        "[9223372036854775807,-9223372036854775808]",
    ])
    func `a text comes back as it went in, members in their order`(text: String) throws {
        let value = try JSONValue.parse(text)
        #expect(try JSONValue.parse(value.serialized()) == value)
        #expect(try JSONValue.parse(value.serialized(pretty: true)) == value)
    }

    @Test func `numbers are written with the digits they need and no more`() throws {
        #expect(JSONValue.array([0.1, 2.5, .number(1e21)]).text == "[0.1,2.5,1e21]")
        for number in [1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 123456789.123] {
            #expect(try JSONValue.parse(JSONValue.array([.number(number)]).text) == [.number(number)])
        }
    }

    @Test func `what JSON has no word for becomes null`() {
        #expect(JSONValue.array([.number(.nan), .number(.infinity)]).text == "[null,null]")
    }

    @Test(arguments: [
        ("", "'[' or '{' expected near end of file"), ("{\"a\":1,\"a\":2}", "duplicate object key"),
        ("[1] x", "end of file expected near 'x'"), ("\u{FEFF}{}", "'[' or '{' expected"),
        ("[1e999]", "real number overflow"),
        ("[9223372036854775808]", "too big integer"), ("[\"\\u0000\"]", "\\u0000 is not allowed"),
    ])
    func `what jansson refuses is refused in its words`(text: String, reason: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse(text) }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `an error names line and column`() {
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse("{\n  \"a\": nul\n}") }
        #expect(error?.line == 2)
        #expect(error?.description == "line 2, column 10: invalid token near 'nul'")
    }

    @Test func `a pointer leads through objects, arrays and escaped names`() throws {
        let value = try JSONValue.parse(#"{"a/b":{"~":[10,{"":7}]}}"#)
        #expect(value.at(pointer: "/a~1b/~0/0") == 10)
        #expect(value.at(pointer: "/a~1b/~0/1/") == 7)
        #expect(value.at(pointer: "") == value)
        #expect(value.at(pointer: "/a~1b/~0/00") == nil)
        #expect(value.at(pointer: "/a~1b/~0/2") == nil)
        #expect(value.at(pointer: "nowhere") == nil)
    }

    @Test func `a removed member leaves the others in order`() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = nil
        object["a"] = 9
        #expect(object.keys == ["a", "c"])
        #expect(JSONValue.object(object).text == #"{"a":9,"c":3}"#)
    }

    @Test func `names that only look alike stay apart`() throws {
        let value = try JSONValue.parse("{\"K\":1,\"\u{212A}\":2}")
        #expect(value["K"] == 1)
        #expect(value["\u{212A}"] == 2)
        #expect(value.objectValue?.count == 2)
        #expect(try JSONValue.parse("{\"K\":1}") != JSONValue.parse("{\"\u{212A}\":1}"))
    }

    @Test func `nesting up to jansson's limit is read, beyond it refused`() throws {
        let deep = String(repeating: "[", count: 2048) + String(repeating: "]", count: 2048)
        #expect(throws: Never.self) { try JSONValue.parse(deep) }
        #expect(throws: JSONParseError.self) { try JSONValue.parse("[" + deep + "]") }
    }
}
