import Foundation
import Records
import Testing

import Snapshots

/// A disk that fails: what is thrown, and what is left behind.
@Suite struct SnapshotFailureTests {
    /// One good snapshot, then one whose writing fails; nothing but the good one may be left.
    private func failure(_ change: (inout FileOperations) -> Void) throws -> SnapshotError? {
        var error: SnapshotError?
        try withTemporaryFolder { root in
            var directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            _ = try directory.publish(sampleSnapshot(records: 1))
            change(&directory.operations)
            error = #expect(throws: SnapshotError.self) { try directory.publish(sampleSnapshot(records: 2)) }
            #expect(names(in: directory.path) == ["00000000000000000001.safetensors"])
            directory.operations = .system
            #expect(directory.newestVerified(atOrBefore: { _ in true }, rejected: { _, _ in }) != nil)
            _ = try directory.publish(sampleSnapshot(records: 2))
        }
        return error
    }

    @Test func `a disk that fills up in mid-file leaves no file`() throws {
        let error = try failure {
            $0.write = { file, bytes in
                // 100 bytes go in, the next write finds no room.
                if lseek(file, 0, SEEK_CUR) == 0 { return write(file, bytes.baseAddress, min(100, bytes.count)) }
                errno = ENOSPC
                return -1
            }
        }
        #expect(error?.problem == .system(operation: "writing", code: ENOSPC))
        #expect(error?.disposition == .retry)
        #expect(error?.description.contains("No space left on device; make room") == true)
    }

    @Test func `a disk that can't synchronize leaves no file`() throws {
        let error = try failure {
            $0.synchronize = { _ in
                errno = EIO; return -1
            }
        }
        #expect(error?.problem == .system(operation: "synchronizing", code: EIO))
    }

    @Test func `a rename that fails leaves no file`() throws {
        let error = try failure {
            $0.rename = { _, _ in
                errno = EACCES; return -1
            }
        }
        #expect(error?.problem == .system(operation: "renaming", code: EACCES))
    }

    @Test func `bytes that don't come back as they were written are no snapshot`() throws {
        let error = try failure {
            $0.write = { file, bytes in
                var wrong = [UInt8](bytes)
                wrong[wrong.count - 1] ^= 1
                return write(file, wrong, wrong.count)
            }
        }
        #expect(error?.problem == .readBackDiffers)
    }

    @Test func `a write that is interrupted or short goes on`() throws {
        try withTemporaryFolder { root in
            var directory = SnapshotDirectory(root: root, pipeline: "p", partition: 0)
            directory.operations.write = { file, bytes in
                if bytes.count % 2 == 0 {
                    let written = write(file, bytes.baseAddress, 1)
                    errno = EINTR
                    return written
                }
                return write(file, bytes.baseAddress, min(bytes.count, 64))
            }
            let path = try directory.publish(sampleSnapshot())
            #expect(try Snapshot(contentsOf: path).state == sampleSnapshot().state)
        }
    }

    @Test func `a folder that can't be one is named, with what to do`() throws {
        try withTemporaryFolder { root in
            try overwrite("\(root)/taken", [1])
            let directory = SnapshotDirectory(root: "\(root)/taken", pipeline: "p", partition: 0)
            let error = #expect(throws: SnapshotError.self) { try directory.publish(sampleSnapshot()) }
            #expect(error?.problem == .system(operation: "making the folder", code: ENOTDIR))
            #expect(error?.description.contains("set snapshots.directory to a folder") == true)
            #expect(try contents("\(root)/taken") == [1])
        }
    }

    @Test(.enabled(if: Self.mayMount(), "this user may not mount a small file system"))
    func `a full or read-only disk leaves no half file`() throws {
        try withTemporaryFolder { root in
            let disk = "\(root)/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            try #require(Self.run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk))
            defer { _ = Self.run("umount", disk) }
            let directory = SnapshotDirectory(root: disk, pipeline: "p", partition: 0)
            _ = try directory.publish(sampleSnapshot(records: 1))
            var large = sampleSnapshot(records: 2)
            large.state.put("model/large", bytes: [UInt8](repeating: 7, count: 100_000))
            let error = #expect(throws: SnapshotError.self) { try directory.publish(large) }
            #expect(error?.problem == .system(operation: "writing", code: ENOSPC))
            #expect(names(in: directory.path) == ["00000000000000000001.safetensors"])
            try #require(Self.run("mount", "-o", "remount,ro", disk))
            let readOnly = #expect(throws: SnapshotError.self) { try directory.publish(sampleSnapshot(records: 3)) }
            #expect(readOnly?.problem == .system(operation: "opening a file to write", code: EROFS))
            #expect(readOnly?.description.contains("make snapshots.directory writable") == true)
            #expect(directory.entries().map(\.records) == [1])
        }
    }

    /// Containers mostly may not. The test of a write that finds no room needs no such right.
    private static func mayMount() -> Bool {
        var may = false
        try? withTemporaryFolder { folder in
            may = run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder)
            if may { _ = run("umount", folder) }
        }
        return may
    }

    private static func run(_ command: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
