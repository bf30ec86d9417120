import KafkaClient
import Records
import StreamTasks
import Testing

@Suite struct HeldOutputsTests {
    /// What one output is, with bytes of its own.
    private struct Copy: Equatable {
        var kind: OutputKind
        var partition: Int32 = -1
        var key: [UInt8]?
        var value: [UInt8]?
        var timestamp: Int64
        var headers: [String: [UInt8]?] = [:]
    }

    private static func append(_ copy: Copy, to held: inout HeldOutputs) -> Bool {
        var headers = HeaderList()
        let trace: [UInt8] = [1, 2, 3]
        return trace.withUnsafeBytes { trace in
            if copy.headers["traceparent"] != nil { headers.add("traceparent", trace) }
            if copy.headers["nothing"] != nil { headers.add("nothing", nil) }
            return view(copy.key) { key in
                view(copy.value) { value in
                    held.append(
                        copy.kind, partition: copy.partition, key: key, value: value, timestamp: copy.timestamp,
                        headers: headers)
                }
            }
        }
    }

    private static func view<Result>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard let bytes else { return body(nil) }
        return bytes.withUnsafeBytes(body)
    }

    private static func drain(_ held: inout HeldOutputs) -> [Copy] {
        var copies: [Copy] = []
        held.drain { kind, partition, key, value, timestamp, headers in
            var copy = Copy(
                kind: kind, partition: partition, key: key.map(Array.init), value: value.map(Array.init),
                timestamp: timestamp)
            headers.forEach { copy.headers[String(decoding: $0, as: UTF8.self)] = .some($1.map(Array.init)) }
            copies.append(copy)
        }
        return copies
    }

    private static let samples = [
        Copy(kind: .prediction, key: [7], value: [1, 2], timestamp: 5, headers: ["traceparent": [1, 2, 3]]),
        Copy(kind: .deadLetter, key: nil, value: nil, timestamp: -1, headers: ["nothing": nil]),
        Copy(kind: .mix, partition: 3, key: nil, value: [9], timestamp: 0),
        Copy(kind: .drift, key: [], value: [], timestamp: .max),
    ]

    @Test func `outputs come back in order, byte for byte, absent and empty kept apart`() {
        var held = HeldOutputs(capacity: 4_096)
        for copy in Self.samples { #expect(Self.append(copy, to: &held)) }
        #expect(Self.drain(&held) == Self.samples)
        let isEmpty = held.isEmpty
        #expect(isEmpty)
        #expect(Self.drain(&held) == [])
    }

    @Test func `what doesn't fit is refused whole, and fits again when the block is drained`() {
        var held = HeldOutputs(capacity: 200)
        var taken = 0
        while Self.append(Self.samples[0], to: &held) { taken += 1 }
        #expect(taken > 0)
        #expect(Self.drain(&held) == Array(repeating: Self.samples[0], count: taken))
        #expect(Self.append(Self.samples[0], to: &held))
    }
}
