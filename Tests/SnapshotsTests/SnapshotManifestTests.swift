import JSONTree
import Records
import TestSupport
import Testing

import Snapshots

/// Keys, manifests and chunks of a snapshots topic.
@Suite struct SnapshotManifestTests {
    private let sample = SnapshotManifest(
        partition: 3, outline: sampleMetadata().outline, bytes: 2_500_000, chunks: 3,
        checksum: String(repeating: "0123456789abcdef", count: 4), start: 1 << 53 + 1, newestRecords: 50_000)

    private func decode(_ bytes: [UInt8], key: SnapshotKey? = nil) throws(SnapshotError) -> SnapshotManifest {
        let key = key ?? sample.key
        return try bytes.withUnsafeBytes { raw in
            Result { () throws(SnapshotError) in try SnapshotManifest(raw, key: key) }
        }.get()
    }

    @Test func `a manifest comes back as it was, and fits its schema`() throws {
        var plain = sample
        plain.outline.journalPosition = nil
        for manifest in [sample, plain] {
            #expect(try decode(manifest.record) == manifest)
            #expect(try JSONSchema(named: "snapshot-manifest").findings(JSONValue.parse(manifest.record)) == [])
        }
    }

    @Test func `a manifest without one of its members, or with another kind in its place, is refused`() throws {
        let members = try #require(sample.json.objectValue)
        for key in members.keys where key != "journal_position" {
            var without = members
            without[key] = nil
            #expect(throws: SnapshotError.self, "\(key)") { try decode(JSONValue.object(without).serialized()) }
            for wrong: JSONValue in [.null, .boolean(true), .integer(-1), .number(0.5), .array([]), .string("ü")] {
                // Any text is a pipeline's name and a digest.
                if case .string = wrong, ["pipeline", "settings_digest"].contains(key) { continue }
                var other = members
                other[key] = wrong
                #expect(throws: SnapshotError.self, "\(key): \(wrong.text)") {
                    try decode(JSONValue.object(other).serialized())
                }
            }
        }
    }

    @Test func `bytes that are no manifest never trap`() {
        var random = SplitMix64(seed: 41)
        let record = sample.record
        for _ in 0..<3_000 {
            var bytes = record
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0...1, using: &random) * Int.random(in: 0..<bytes.count, using: &random))
            _ = try? decode(bytes)
        }
    }

    @Test func `every key comes back, and no other text is a key`() {
        let parts: [SnapshotKey.Part] = [
            .manifest, .chunk(content: "0123456789abcdef", number: 0),
            .chunk(content: "0123456789abcdef", number: 1_234_567), .setAside(offset: 9),
        ]
        for partition in [0, 7, Int32.max] {
            for records in [0, 45_312, UInt64.max] {
                for part in parts {
                    let key = SnapshotKey(partition: partition, records: records, part: part)
                    #expect(Array(key.text.utf8).withUnsafeBytes { SnapshotKey($0) } == key)
                }
            }
        }
        for text in [
            "", "/", "//", "0/1/manifest", "0/00000000000000000001/Manifest", "0/00000000000000000001/manifest/",
            "00/00000000000000000001/manifest", "+0/00000000000000000001/manifest", "-1/00000000000000000001/manifest",
            "0/+0000000000000000001/manifest", "0/99999999999999999999/manifest",
            "0/00000000000000000001/0123456789abcdef-1", "0/00000000000000000001/0123456789abcdef-+00001",
            "0/00000000000000000001/0123456789abcde-000001", "0/00000000000000000001/set-aside-01",
            "0/00000000000000000001/set-aside-", "3000000000/00000000000000000001/manifest",
        ] {
            #expect(Array(text.utf8).withUnsafeBytes { SnapshotKey($0) } == nil, "\(text)")
        }
        var random = SplitMix64(seed: 42)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(bytes.withUnsafeBytes { SnapshotKey($0) } == nil)
        }
    }

    @Test func `chunks cover a file once, in order, all of one size but the last`() {
        for (bytes, size, count) in [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (95, 10, 10), (5, 0, 5)] {
            let ranges = SnapshotChunks(bytes: bytes, size: size).ranges
            #expect(ranges.count == count)
            #expect(ranges.flatMap { Array($0) } == Array(0..<bytes))
            #expect(ranges.dropLast().allSatisfy { $0.count == max(size, 1) })
        }
    }

    @Test func `a file is put together from its chunks in any order, and from nothing else`() throws {
        var random = SplitMix64(seed: 43)
        let file = (0..<1_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let ranges = SnapshotChunks(bytes: file.count, size: 90).ranges
        var manifest = sample
        (manifest.bytes, manifest.chunks) = (file.count, ranges.count)
        manifest.checksum = SnapshotManifest.checksum(of: file)
        for _ in 0..<20 {
            var assembly = SnapshotAssembly(manifest)
            for (number, range) in Array(ranges.enumerated()).shuffled(using: &random) {
                #expect(!assembly.isComplete)
                var foreign = manifest.chunkKey(number)
                foreign.records += 1
                [0xAB].withUnsafeBytes { assembly.take(foreign, $0) }
                [0xAB].withUnsafeBytes { assembly.take(manifest.chunkKey(ranges.count + number), $0) }
                Array(file[range]).withUnsafeBytes { assembly.take(manifest.chunkKey(number), $0) }
            }
            #expect(assembly.isComplete)
            #expect(try assembly.file() == file)
        }
    }

    @Test func `a place in a topic is read as it is written`() {
        let place = SnapshotPlace(topic: "electricity.snapshots", partition: 2, records: 45_312)
        #expect(place.description == "kafka:electricity.snapshots/2/45312")
        #expect(SnapshotPlace(place.description) == place)
        for text in [
            "electricity.snapshots/2/45312", "kafka:a/b/1", "kafka:/0/1", "kafka:a/0", "kafka:a/0/-1", "kafka:a/0/1/2",
        ] {
            #expect(SnapshotPlace(text) == nil, "\(text)")
        }
    }
}
