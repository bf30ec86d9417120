import Foundation
import KafkaClient
import Snapshots
import TestSupport
import Testing

/// Much more to read than the process may have memory.
@Suite(.serialized) struct LargeBacklogTests {
    /// The mock keeps about 5 MB a partition.
    private static let partitions = 24
    private static let recordBytes = 1_000

    @Test func `a backlog of a hundred megabytes is processed within the memory that a small one needs, and a bit`()
        throws
    {
        let small = try run(recordsEach: 100, limit: nil)
        // What a client may have fetched ahead, twice: as it came, and as it waits.
        let limit = small.peak + 48 << 10
        let large = try run(recordsEach: 4_400, limit: limit)
        print(
            "a backlog of \(small.records) records took \(small.peak) kB of addresses, one of \(large.records) \(large.peak)"
        )
        #expect(large.records == Self.partitions * 4_400)
        #expect(large.peak <= limit)
    }

    /// Processes a backlog of its own.
    /// - Parameter limit: kilobytes of addresses (`ulimit -v`).
    /// - Returns: the most addresses that it had, in kilobytes, and how many records it says it has processed.
    private func run(recordsEach: Int, limit: Int?) throws -> (peak: Int, records: Int) {
        let mock = try MockCluster()
        let folder = try TemporaryFolder()
        let config = try folder.write(
            """
            pipeline: backlog
            kafka: {bootstrap.servers: "\(mock.bootstrapServers)", fetch.wait.max.ms: 10}
            features: [{name: a}]
            target: {kind: regression}
            model: {kind: linear}
            snapshots: {directory: "\(folder.file("snapshots").path)", every: 10 s}
            """, to: "millrace.yaml")
        for topic in ["features", "predictions", "drift", "dead-letters"] {
            try mock.createTopic("backlog.\(topic)", partitions: Self.partitions)
        }
        try fill(mock, recordsEach: recordsEach)
        let program = [ChildProcess.millrace.path, "run", "--until-end", "--config", config]
        let command = limit.map { ["ulimit -v \($0) && exec \"$@\"", "sh"] } ?? ["exec \"$@\"", "sh"]
        let process = try ChildProcess(
            URL(filePath: "/bin/sh"), ["-c"] + command + program,
            // As many arenas, stacks and buffers on every machine.
            environment: ["MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"])
        var peak = 0
        while process.isRunning {
            peak = max(peak, Self.peak(of: process.identifier))
            Thread.sleep(forTimeInterval: 0.005)
        }
        #expect(process.wait(seconds: 1) == .exit(0), "\(process.errors)")
        let snapshots = SnapshotListing.all(root: folder.file("snapshots").path, pipeline: "backlog")
        let newest = Dictionary(grouping: snapshots, by: \.partition).compactMapValues { $0.map(\.records).max() }
        return (peak, Int(newest.values.reduce(0, +)))
    }

    private func fill(_ mock: borrowing MockCluster, recordsEach: Int) throws {
        let producer = try Producer(
            properties: ["bootstrap.servers": mock.bootstrapServers, "queue.buffering.max.kbytes": "32768"],
            log: { _ in })
        defer { producer.close(deadlineMilliseconds: 5_000) }
        let topic = try producer.topic("backlog.features")
        let headers = HeaderList(capacity: 1)
        let head = "{\"features\":{\"a\":0.5},\"label\":1,\"note\":\""
        let value = Array((head + String(repeating: "x", count: Self.recordBytes - head.utf8.count - 2) + "\"}").utf8)
        var delivered = 0
        func serve(_ milliseconds: Int32) {
            producer.serve(timeoutMilliseconds: milliseconds) {
                delivered += $0.count
            } failed: { _ in
            }
        }
        for index in 0..<recordsEach * Self.partitions {
            while value.withUnsafeBytes({ value in
                producer.produce(
                    topic, partition: Int32(index % Self.partitions), key: nil, value: value, timestamp: 0,
                    headers: headers, token: 0)
            }) == .queueFull { serve(10) }
        }
        let deadline = Date(timeIntervalSinceNow: 60)
        while delivered < recordsEach * Self.partitions, deadline.timeIntervalSinceNow > 0 { serve(10) }
        guard delivered == recordsEach * Self.partitions else { throw EndToEndError("\(delivered) records delivered") }
    }

    /// The most addresses that a process has had, in kilobytes; 0 where it has ended.
    private static func peak(of process: Int32) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmPeak:") }
        return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    }
}
