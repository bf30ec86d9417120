import Foundation
import JSONTree
import Testing

import Snapshots

@Suite struct SnapshotDirectoryTests {
    @Test func `a published snapshot is at the path of its position, and nothing else is there`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "electricity", partition: 3)
            let path = try directory.publish(sampleSnapshot())
            #expect(path == "\(root)/electricity/3/00000000000000045312.safetensors")
            #expect(names(in: directory.path) == ["00000000000000045312.safetensors"])
            #expect(try Snapshot(contentsOf: path).state == sampleSnapshot().state)
            #expect(
                directory.entries()
                    == [SnapshotEntry(path: path, records: 45_312, bytes: try contents(path).count)])
        }
    }

    @Test func `publishing the same position again replaces the file`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            _ = try directory.publish(sampleSnapshot())
            var later = sampleSnapshot()
            later.metadata.writtenAt += 1
            let path = try directory.publish(later)
            #expect(try Snapshot(contentsOf: path).metadata.writtenAt == later.metadata.writtenAt)
            #expect(directory.entries().count == 1)
        }
    }

    @Test func `entries are newest first, and foreign files are none`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            #expect(directory.entries().isEmpty)
            for records: UInt64 in [9, 10_000, 100, .max] {
                _ = try directory.publish(sampleSnapshot(records: records))
            }
            for name in ["notes.txt", "9.safetensors", "0000000000000000000x.safetensors", ".safetensors"] {
                try overwrite("\(directory.path)/\(name)", [1])
            }
            #expect(directory.entries().map(\.records) == [.max, 10_000, 100, 9])
        }
    }

    @Test func `the newest that verifies and is usable is taken, and the torn ones are told`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            var paths: [UInt64: String] = [:]
            for records: UInt64 in [1, 2, 3, 4, 5] {
                paths[records] = try directory.publish(sampleSnapshot(records: records))
            }
            let (torn, flipped) = (try #require(paths[5]), try #require(paths[3]))
            try overwrite(torn, try contents(torn).dropLast(1).map(\.self))
            var bytes = try contents(flipped)
            bytes[bytes.count / 2] ^= 4
            try overwrite(flipped, bytes)
            var rejected: [String] = []
            let found = directory.newestVerified(
                atOrBefore: { $0.recordsConsumed < 4 },
                rejected: { path, error in
                    rejected.append(path)
                    #expect(error.path == path)
                })
            #expect(found?.metadata.recordsConsumed == 2)
            #expect(rejected == [torn, flipped])
        }
    }

    @Test func `where none verifies there is none`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            #expect(directory.newestVerified(atOrBefore: { _ in true }, rejected: { _, _ in }) == nil)
            try overwrite(try directory.publish(sampleSnapshot()), [])
            var rejected = 0
            #expect(directory.newestVerified(atOrBefore: { _ in true }, rejected: { _, _ in rejected += 1 }) == nil)
            #expect(rejected == 1)
        }
    }

    @Test func `a snapshot under another one's name is refused`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            let path = try directory.publish(sampleSnapshot(records: 7))
            try FileManager.default.moveItem(atPath: path, toPath: directory.path(records: 9))
            let error = #expect(throws: SnapshotError.self) { try directory.read(directory.entries()[0]) }
            #expect(error == SnapshotError(.otherPosition(name: 9, metadata: 7), path: directory.path(records: 9)))
        }
    }

    @Test func `retention keeps the newest`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            for records: UInt64 in 1...6 { _ = try directory.publish(sampleSnapshot(records: records)) }
            #expect(directory.retain(newest: 10).isEmpty)
            #expect(directory.entries().count == 6)
            #expect(directory.retain(newest: 2).isEmpty)
            #expect(directory.entries().map(\.records) == [6, 5])
        }
    }

    @Test func `retention never removes the last one that verifies`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            for records: UInt64 in 1...5 { _ = try directory.publish(sampleSnapshot(records: records)) }
            for records: UInt64 in 3...5 { try overwrite(directory.path(records: records), [0]) }
            directory.retain(newest: 2)
            #expect(directory.entries().map(\.records) == [5, 4, 2])
            directory.retain(newest: 0)
            #expect(directory.entries().map(\.records) == [2])
        }
    }

    @Test func `what a crashed process left half written is cleaned up, and nothing else`() throws {
        try withTemporaryFolder { root in
            let directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            _ = try directory.publish(sampleSnapshot(records: 1))
            try overwrite("\(directory.path)/.2-77-12345.partial", [1, 2, 3])
            try overwrite("\(directory.path)/.hidden", [1])
            try overwrite("\(directory.path)/mine.partial", [1])
            _ = try directory.publish(sampleSnapshot(records: 2))
            #expect(
                names(in: directory.path) == [
                    ".hidden", "00000000000000000001.safetensors", "00000000000000000002.safetensors", "mine.partial",
                ])
        }
    }

    @Test func `the listing says of each file what it is and whether it verifies`() throws {
        try withTemporaryFolder { root in
            for partition: Int32 in [10, 2] {
                let directory = SnapshotDirectory(root: root, pipeline: "p", partition: partition)
                for records: UInt64 in [1, 8] { _ = try directory.publish(sampleSnapshot(records: records)) }
            }
            let torn = SnapshotDirectory(root: root, pipeline: "p", partition: 2).path(records: 1)
            try overwrite(torn, [1, 2, 3])
            let listing = SnapshotListing.all(root: root, pipeline: "p")
            #expect(listing.map(\.partition) == [2, 2, 10, 10])
            #expect(listing.map(\.records) == [8, 1, 8, 1])
            #expect(listing.map(\.isVerified) == [true, false, true, true])
            #expect(listing[1].problem == SnapshotError(.truncated(bytes: 3, needed: 8), path: torn))
            let json = listing[0].json
            #expect(json["learned"] == 4)
            #expect(json["positions"]?[0] == ["topic": "electricity.features", "partition": 3, "next": 9])
            #expect(json["bytes"]?.integerValue == Int64(try contents(listing[0].path).count))
            #expect(json["verified"] == true)
            #expect(listing[1].json["learned"] == JSONValue.null)
        }
    }
}
