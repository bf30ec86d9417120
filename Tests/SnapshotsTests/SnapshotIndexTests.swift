import JSONTree
import Records
import TestSupport
import Testing

import Snapshots

/// What a partition of a snapshots topic holds, from its keys alone.
@Suite struct SnapshotIndexTests {
    /// A record as it stands in the topic.
    private struct Line {
        var key: SnapshotKey
        var value: [UInt8]?
        var offset: Int64
    }

    private func manifest(_ records: UInt64, chunks: Int = 2, start: Int64 = 0, newest: UInt64? = nil)
        -> SnapshotManifest
    {
        var outline = sampleMetadata(records: records).outline
        outline.recordsConsumed = records
        let digits = String(records)
        return SnapshotManifest(
            partition: 3, outline: outline, bytes: 100, chunks: chunks,
            checksum: digits + String(repeating: "a", count: 64 - digits.count), start: start,
            newestRecords: newest ?? records)
    }

    /// A whole snapshot's records from an offset on.
    private func lines(_ manifest: SnapshotManifest, at offset: Int64) -> [Line] {
        (0..<manifest.chunks).map { Line(key: manifest.chunkKey($0), value: [1], offset: offset + Int64($0)) }
            + [Line(key: manifest.key, value: manifest.record, offset: offset + Int64(manifest.chunks))]
    }

    private func index(_ lines: [Line]) -> SnapshotIndex {
        var index = SnapshotIndex(partition: 3)
        for line in lines {
            guard let value = line.value else {
                index.take(line.key, value: nil, offset: line.offset)
                continue
            }
            value.withUnsafeBytes { index.take(line.key, value: $0, offset: line.offset) }
        }
        return index
    }

    @Test func `in whichever order its pieces are read, the later offset counts`() {
        var random = SplitMix64(seed: 31)
        let old = lines(manifest(10), at: 0)
        let removed = old.map { Line(key: $0.key, value: nil, offset: $0.offset + 50) }
        let all = old + lines(manifest(20), at: 10) + removed + lines(manifest(30, chunks: 3), at: 70).dropFirst()
        let expected = index(all)
        #expect(expected.standing.map(\.records) == [30, 20])
        for _ in 0..<200 {
            let found = index(all.shuffled(using: &random))
            #expect(found.standing.map(\.records) == [30, 20])
            #expect(
                Set(found.removals(keeping: 1, own: 40).map(\.text))
                    == Set(expected.removals(keeping: 1, own: 40).map(\.text)))
        }
    }

    @Test func `what compaction leaves is read as what was there before it`() {
        // Offsets stay, older values of a key and removed keys go.
        let old = lines(manifest(10), at: 0)
        let removed = old.map { Line(key: $0.key, value: nil, offset: $0.offset + 50) }
        let again = lines(manifest(20, chunks: 4, start: 60), at: 60)
        let all = old + lines(manifest(20), at: 10) + removed + again
        var last: [SnapshotKey: Line] = [:]
        for line in all { last[line.key] = line }
        let compacted = last.values.filter { $0.value != nil }.sorted { $0.offset < $1.offset }
        #expect(index(compacted).standing.map(\.records) == index(all).standing.map(\.records))
        #expect(index(compacted).standing.first?.found.manifest == manifest(20, chunks: 4, start: 60))
        #expect(
            Set(index(compacted).removals(keeping: 1, own: 30).map(\.text))
                == Set(index(all).removals(keeping: 1, own: 30).map(\.text)))
    }

    @Test func `the own snapshot is one of those that stay, and nothing above it is touched`() {
        let all = [10, 20, 30, 40, 50].flatMap { lines(manifest($0), at: Int64($0)) }
        let removed = index(all).removals(keeping: 2, own: 40)
        #expect(Set(removed.map(\.records)) == [10, 20])
        #expect(removed.count == 6)
        #expect(removed.prefix(2).allSatisfy { $0.part == .manifest }, "a snapshot's manifest goes before its chunks")
        #expect(index(all).removals(keeping: 9, own: 50).isEmpty)
        #expect(Set(index(all).removals(keeping: 0, own: 50).map(\.records)) == [10, 20, 30, 40])
    }

    @Test func `what was never finished goes, but not what may be being written`() {
        let torn = Array(lines(manifest(20), at: 20).dropLast())
        let lost = Array(lines(manifest(25), at: 25).dropFirst())
        let writing = Array(lines(manifest(50), at: 50).dropLast())
        let found = index(lines(manifest(10), at: 10) + torn + lost + lines(manifest(40), at: 40) + writing)
        #expect(found.unfinished.map(\.records) == [50, 20])
        #expect(Set(found.removals(keeping: 3, own: 40).map(\.records)) == [20, 25])
        #expect(found.removals(keeping: 3, own: 40).count == 2 + 2)
    }

    @Test func `a manifest that knows of a newer one says that there is more to find`() {
        let stale = lines(manifest(20, newest: 60), at: 90)
        #expect(!index(stale).knowsNewest)
        #expect(index(stale + lines(manifest(60), at: 50)).knowsNewest)
        #expect(index(lines(manifest(60), at: 50)).knowsNewest)
    }

    @Test func `windows from the end cover everything once, the newest first`() {
        for (low, high) in [(0, 1), (0, 31), (0, 33), (5, 1_000), (7, 7), (0, 100_000)] as [(Int64, Int64)] {
            var windows = TailWindows(low..<high)
            var end = high
            while let window = windows.next() {
                #expect(window.upperBound == end && window.lowerBound >= low && !window.isEmpty)
                end = window.lowerBound
            }
            #expect(end == low && windows.isDone)
        }
    }
}
