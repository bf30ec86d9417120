import JSONTree
import Records
import Testing

import Snapshots

/// What is refused, and by which name.
@Suite struct MalformedSnapshotTests {
    private func problem(_ bytes: [UInt8]) -> SnapshotProblem? {
        do throws(SnapshotError) {
            _ = try SnapshotFormat.decode(bytes)
            return nil
        } catch {
            return error.problem
        }
    }

    private func problem(tensors: String, data: Int = 0) -> SnapshotProblem? {
        problem(file(header: #"{"__metadata__":{}, \#(tensors)}"#, data: [UInt8](repeating: 0, count: data)))
    }

    @Test(arguments: [UInt64(1) << 63, .max, 100_000_001])
    func `a header longer than the limit is refused before anything is read`(_ length: UInt64) {
        #expect(problem(file(header: "{}", length: length)) == .headerTooLong(length))
    }

    @Test func `a header longer than the file is refused`() {
        #expect(problem(file(header: "{}", length: 100)) == .truncated(bytes: 10, needed: 108))
        #expect(problem([1, 2, 3]) == .truncated(bytes: 3, needed: 8))
        #expect(problem([]) == .truncated(bytes: 0, needed: 8))
    }

    @Test(arguments: ["", "[]", " {}", "{", "{}x", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, "{\u{1}}", "nonsense"])
    func `a header that isn't one JSON object is refused`(_ header: String) {
        guard case .malformedHeader(let reason) = problem(file(header: header)) else {
            Issue.record("\(String(describing: problem(file(header: header))))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `jansson's own words and place are in the error`() {
        let error = #expect(throws: SnapshotError.self) { try SnapshotFormat.decode(file(header: #"{"a":1,"a":2}"#)) }
        #expect(error?.description.contains("line 1, column") == true)
        #expect(error?.description.contains("duplicate") == true)
    }

    @Test func `a tensor before the end of the one ahead of it is an overlap`() {
        let first = #""a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}"#
        #expect(
            problem(tensors: first + #", "b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}"#, data: 7)
                == .overlap(name: "b", begin: 3, expected: 4))
        #expect(
            problem(tensors: first + #", "b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}"#, data: 4)
                == .overlap(name: "b", begin: 0, expected: 4))
    }

    @Test func `a hole between tensors, or ahead of the first one, is refused`() {
        let first = #""a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}"#
        #expect(
            problem(tensors: first + #", "b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}"#, data: 6)
                == .hole(name: "b", begin: 5, expected: 4))
        #expect(
            problem(tensors: #""b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}"#, data: 2)
                == .hole(name: "b", begin: 1, expected: 0))
    }

    @Test func `descending offsets are refused`() {
        #expect(
            problem(tensors: #""a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}"#, data: 4)
                == .malformedTensor(name: "a", reason: "it ends (0) before it begins (4)"))
    }

    @Test func `an unknown dtype is refused by name`() {
        #expect(
            problem(tensors: #""a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}"#, data: 4)
                == .unknownElement(name: "a", found: "BF16"))
    }

    @Test func `a shape that isn't as many bytes as the offsets is refused`() {
        #expect(
            problem(tensors: #""a":{"dtype":"F64","shape":[2,3],"data_offsets":[0,47]}"#, data: 47)
                == .sizeMismatch(name: "a", bytes: 47, shape: [2, 3], element: .float64))
    }

    @Test func `a shape whose product overflows is refused`() {
        let side = 1 << 40
        #expect(
            problem(tensors: #""a":{"dtype":"F32","shape":[\#(side),\#(side)],"data_offsets":[0,0]}"#)
                == .sizeMismatch(name: "a", bytes: 0, shape: [side, side], element: .float32))
    }

    @Test(arguments: [
        #""a":1"#, #""a":{}"#, #""a":{"dtype":"U8","shape":[1]}"#,
        #""a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}"#,
        #""a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}"#, #""a":{"dtype":"U8","shape":[1],"data_offsets":[0]}"#,
        #""a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}"#, #""a":{"dtype":1,"shape":[1],"data_offsets":[0,1]}"#,
        #""a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}"#,
        #""a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1}"#,
    ])
    func `a tensor's entry of a wrong kind is refused by the tensor's name`(_ entry: String) {
        guard case .malformedTensor(name: "a", _) = problem(tensors: entry, data: 1) else {
            Issue.record("\(String(describing: problem(tensors: entry, data: 1)))")
            return
        }
    }

    @Test func `bytes after the last tensor are refused`() {
        #expect(problem(SnapshotFormat.encode(sampleSnapshot()) + [0, 0]) == .extraBytes(2))
    }

    @Test func `metadata that is missing or of a wrong kind is refused by key`() {
        #expect(problem(file(header: "{}")) == .missingMetadata(key: "__metadata__"))
        #expect(
            problem(file(header: #"{"__metadata__":[]}"#))
                == .malformedMetadata(key: "__metadata__", reason: "not an object"))
        #expect(problem(file(header: #"{"__metadata__":{}}"#)) == .missingMetadata(key: "format_version"))
        #expect(
            problem(file(header: #"{"__metadata__":{"format_version":1}}"#))
                == .malformedMetadata(key: "format_version", reason: "not a string"))
        #expect(
            problem(file(header: #"{"__metadata__":{"format_version":"1"}}"#)) == .missingMetadata(key: "pipeline"))
    }

    @Test(arguments: [
        #"[{"topic": "t", "partition": 0, "from": 5, "to": 5, "told_at": 5}]"#,
        #"[{"topic": "t", "partition": 0, "from": 5, "to": 9, "told_at": 8}]"#,
        #"[{"topic": "t", "partition": -1, "from": 5, "to": 9, "told_at": 9}]"#, #"[{"from": 5}]"#, "[7]",
    ])
    func `a gap that can't be is refused`(text: String) throws {
        var strings = sampleMetadata().strings
        let index = try #require(strings.firstIndex { $0.key == .gaps })
        strings[index].text = text
        #expect(
            problem(header(strings)) == .malformedMetadata(key: "gaps", reason: "an element of a wrong kind"))
    }

    @Test func `each key of the metadata is required, and each is checked`() throws {
        let optional: Set = ["journal_position", "metrics", "pipeline", "settings_digest", "library", "blas_core"]
        for (key, text) in sampleMetadata().strings where key != .formatVersion {
            var strings = sampleMetadata().strings
            let index = try #require(strings.firstIndex { $0.key == key })
            strings[index].text = "\u{7}"
            if !optional.contains(key.rawValue) {
                #expect(problem(header(strings)) != nil, "\(key) as nonsense, not \(text)")
            }
            strings.remove(at: index)
            if ![.journalPosition, .journalMark, .metrics, .gaps].contains(key) {
                #expect(problem(header(strings)) == .missingMetadata(key: key.rawValue))
            }
        }
    }

    @Test func `a format of another version is refused by name`() {
        for version in ["0", "2", "1.0", "one"] {
            let bytes = file(header: #"{"__metadata__":{"format_version":"\#(version)"}}"#)
            #expect(problem(bytes) == .unknownFormatVersion(version))
        }
        let error = SnapshotError(.unknownFormatVersion("2"), path: "a/b.safetensors")
        #expect(error.description.hasPrefix("a/b.safetensors: it has the format 2; this version reads 1; read it with"))
    }

    @Test func `a header without its own checksum is refused`() {
        #expect(problem(header(sampleMetadata().strings)) == .missingMetadata(key: "header_sha256"))
    }

    private func header(_ strings: [(key: SnapshotMetadata.Key, text: String)]) -> [UInt8] {
        var object = JSONObject()
        for (key, text) in strings { object[key.rawValue] = .string(text) }
        return file(header: JSONValue.object(["__metadata__": .object(object)]).text)
    }
}
