import JSONTree
import Records
import Testing

import Snapshots

@Suite struct SnapshotFormatTests {
    @Test func `a snapshot comes back as it was, bit for bit`() throws {
        let snapshot = sampleSnapshot()
        let bytes = SnapshotFormat.encode(snapshot)
        let decoded = try SnapshotFormat.decode(bytes)
        #expect(decoded.state == snapshot.state)
        #expect(decoded.metadata.checksum.count == 64)
        var expected = snapshot.metadata
        expected.checksum = decoded.metadata.checksum
        #expect(decoded.metadata == expected)
        #expect(try SnapshotFormat.decodeMetadata(bytes) == expected)
        #expect(SnapshotFormat.encode(decoded) == bytes)
    }

    @Test func `a snapshot without state, journal or metrics comes back too`() throws {
        var snapshot = Snapshot(metadata: sampleMetadata(records: 0), state: StateArchive())
        snapshot.metadata.journalPosition = nil
        snapshot.metadata.journalMark = nil
        snapshot.metadata.metrics = .null
        snapshot.metadata.positions = []
        snapshot.metadata.settings = []
        let decoded = try SnapshotFormat.decode(SnapshotFormat.encode(snapshot))
        #expect(decoded.state == snapshot.state)
        #expect(decoded.metadata.journalPosition == nil)
        #expect(decoded.metadata.journalMark == nil)
        #expect(decoded.metadata.metrics == .null)
    }

    @Test func `a metadata text that looks like a checksum doesn't mislead the header's own`() throws {
        var snapshot = sampleSnapshot()
        snapshot.metadata.pipeline = String(repeating: "0", count: 64)
        snapshot.metadata.features = ["\"" + String(repeating: "0", count: 64) + "\""]
        let decoded = try SnapshotFormat.decode(SnapshotFormat.encode(snapshot))
        #expect(decoded.metadata.features == snapshot.metadata.features)
    }

    @Test func `the header is padded with spaces so that the tensors begin at a multiple of eight`() throws {
        for records: UInt64 in [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000] {
            let bytes = SnapshotFormat.encode(sampleSnapshot(records: records))
            let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
            #expect((8 + length) % 8 == 0)
            #expect(bytes[8] == UInt8(ascii: "{"))
            let tail = bytes[8..<8 + Int(length)].reversed().prefix { $0 == UInt8(ascii: " ") }
            #expect(tail.count < 8)
        }
    }

    @Test func `every torn file is refused`() {
        let bytes = SnapshotFormat.encode(sampleSnapshot())
        for count in 0..<bytes.count {
            #expect(throws: SnapshotError.self, "the first \(count) bytes") {
                try SnapshotFormat.decode(Array(bytes[..<count]))
            }
        }
    }

    @Test func `every flipped byte is found, wherever it is`() {
        let bytes = SnapshotFormat.encode(sampleSnapshot())
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1
            #expect(throws: SnapshotError.self, "byte \(index)") { try SnapshotFormat.decode(flipped) }
        }
    }

    @Test func `a flipped byte of a tensor is a mismatch of the data's checksum`() throws {
        var bytes = SnapshotFormat.encode(sampleSnapshot())
        bytes[bytes.count - 1] ^= 0x80
        let error = try #require(throws: SnapshotError.self) { try SnapshotFormat.decode(bytes) }
        guard case .checksumMismatch(part: "data", _, _) = error.problem else {
            Issue.record("\(error)")
            return
        }
        #expect(error.disposition == .restoreTask)
    }

    @Test func `the golden file of format 1 loads forever`() throws {
        let snapshot = try Snapshot(contentsOf: golden("format-1.safetensors"))
        #expect(snapshot.state == sampleSnapshot().state)
        var expected = sampleMetadata()
        expected.journalMark = nil
        expected.gaps = []
        expected.checksum = snapshot.metadata.checksum
        #expect(snapshot.metadata == expected)
    }
}
