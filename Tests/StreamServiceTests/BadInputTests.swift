import Foundation
import KafkaClient
import Records
import Settings
import StreamService
import Testing

/// Malformed records in the middle of good ones.
@Suite struct BadInputTests {
    /// Each with a piece of what its dead letter has to say; nil is a tombstone.
    private static let malformed: [[UInt8]?] = [
        nil, [], Array("\u{FEFF}{\"features\":{\"a\":1,\"b\":1}}".utf8),
        "{\"features\":{\"a\":1,\"b\":1}}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        Array("{\"features\":{\"a\":1,\"b\":1},\"id\":\"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8),
        Array("{\"features\":{\"a\":1,\"b\":1},\"id\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8),
        text("{\"features\":{\"a\":1,\"b\":1},\"id\":\"\\ud800\"}"),
        text("{\"features\":{\"a\":1,\"b\":1},\"i\\u0000d\":1}"),
        text(String(repeating: "[", count: 3_000)),
        text("{\"features\":{\"a\":1,\"a\":2,\"b\":1}}"), text("{\"features\":{\"a\":1,\"\\u0061\":2,\"b\":1}}"),
        text("{\"features\":{\"a\":1,\"b\":1}}{\"features\":{\"a\":1,\"b\":1}}"),
        text("{\"features\":{\"a\":NaN,\"b\":1}}"), text("{\"features\":{\"a\":Infinity,\"b\":1}}"),
        text("{\"features\":{\"a\":1e308,\"b\":1}}"), text("{\"features\":{\"a\":1e309,\"b\":1}}"),
        text("{\"features\":{\"a\":\(String(repeating: "9", count: 400)),\"b\":1}}"),
        text("{\"features\":{\"a\":\"1\",\"b\":1}}"), text("{\"features\":{\"a\":1,\"b\":1},\"label\":true}"),
        text("{\"features\":{\"a\":1,\"b\":1},\"label\":[]}"),
        text("{\"features\":{\"a\":1,\"b\":1},\"label\":\"SIDEWAYS\"}"),
        text("{\"features\":{}}"), text("{}"), text("[]"), text("null"),
        text("{\"features\":{\"a\":1,\"b\":1},\"weight\":-1}"),
    ]

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `every malformed record goes to dead letters as it came, and the ones around it are predicted`()
        async throws
    {
        try await onOwnThread {
            let whole = Array("{\"features\":{\"a\":1,\"b\":2},\"label\":\"UP\"}".utf8)
            // And a record cut off at each of its bytes.
            let bad = Self.malformed + (1..<whole.count).map { Array(whole[..<$0]) }
            var records = inputs(bad.count * 3, seed: 81, malformed: false)
            for (index, value) in bad.enumerated() { records[index * 3 + 1].value = value }
            let cluster = try StreamCluster(partitions: 2, workers: 2)
            try cluster.feed(records, partition: 1)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            #expect(try cluster.expectExact([0: [], 1: records]) == 0)

            let letters = try cluster.read(cluster.settings.topics.deadLetters)
            #expect(letters.count == bad.count)
            #expect(try cluster.read(cluster.settings.topics.predictions).count == 2 * bad.count)
            let place = "\(cluster.settings.topics.features)/1"
            for letter in letters {
                let offset = try #require(Int(letter.headers["__connect.errors.offset"] ?? ""))
                #expect(letter.input == "\(place)/\(offset)")
                #expect(letter.value == records[offset].value)
                #expect(letter.key.map { String(decoding: $0, as: UTF8.self) } == records[offset].key)
                #expect(letter.timestamp == records[offset].timestamp)
                #expect(letter.headers["__connect.errors.topic"] == cluster.settings.topics.features)
                #expect(letter.headers["__connect.errors.partition"] == "1")
                #expect(letter.headers["__connect.errors.stage"] == "decode")
                #expect(letter.headers["__connect.errors.class.name"]?.isEmpty == false)
                #expect(letter.headers["__connect.errors.exception.class.name"]?.isEmpty == false)
                #expect(letter.headers["__connect.errors.exception.message"]?.isEmpty == false)
            }
        }
    }

    @Test func `extreme values leave the model finite and the stream exact`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            var records = inputs(300, seed: 82, malformed: false)
            for index in stride(from: 0, to: 300, by: 7) {
                let sign = index % 2 == 0 ? "" : "-"
                records[index].value = Array(
                    "{\"features\":{\"a\":\(sign)1e15,\"b\":5e-324},\"label\":\"UP\",\"weight\":1e15}".utf8)
            }
            try cluster.feed(records)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 0)
            for record in try cluster.read(cluster.settings.topics.predictions) {
                let text = String(decoding: record.value ?? [], as: UTF8.self).lowercased()
                #expect(!text.contains("nan") && !text.contains("inf"))
            }
        }
    }
}
