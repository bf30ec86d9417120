import RecordCodecs
import Records
import TestSupport
import Testing

@Suite struct AllocationTests {
    // Debug builds keep locals on the heap that a release build doesn't.
    #if !DEBUG
        @Test func `a record is decoded and its prediction encoded without an allocation`() throws {
            var decoder = try RecordDecoder(.binary())
            var encoder = PredictionEncoder(
                pipeline: "p", target: RecordSchema.binary().target, partition: 0, topic: "t")
            var header = HeaderEncoder(topic: "t")
            let row = FeatureRow(features: RecordSchema.binary().features)
            let values = [
                #"{"id":"e-1","timestamp":1700000000123,"features":{"a":0.056443,"b":-3},"label":"UP","weight":1}"#,
                #"{"features":{"b":0.1,"x":[1,{"y":2}],"a":null},"timestamp":"2024-02-29T12:00:00Z","id":17}"#,
                #"{"features":{"b":0.1}}"#,
            ].map { Array($0.utf8) }
            let key = Array("key".utf8)
            func step(_ value: [UInt8]) throws {
                try value.withUnsafeBytes { raw in
                    let record = try decoder.decode(raw, into: row)
                    key.withUnsafeBytes {
                        let bytes = encoder.encode(
                            id: record.id, key: $0, partition: 0, offset: 17, timestamp: record.timestamp ?? -1,
                            versionRecords: 18, prediction: Prediction(score: 0.123456789, classIndex: 1),
                            learned: true)
                        precondition(!bytes.isEmpty && !header.encode(partition: 0, offset: 17).isEmpty)
                    }
                }
            }
            for value in values { try step(value) }
            let allocations = try countAllocations {
                for _ in 0..<1000 { for value in values { try step(value) } }
            }
            #expect(allocations == 0)
            // The counter does see what the slow way allocates.
            let slow = try countAllocations {
                try values[0].withUnsafeBytes { _ = try decoder.decodeWithTree($0, into: row) }
            }
            #expect(slow > 0)
        }
    #endif
}
