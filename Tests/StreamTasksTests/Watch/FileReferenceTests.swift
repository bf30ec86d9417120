import JSONTree
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Features that are held against what a file says they were.
@Suite struct FileReferenceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// So many records of the stream in the file, and the settings that name it.
    private func settings(_ change: ChangingStream.Change, records: Int = 3_000, _ more: String = "") throws
        -> PipelineSettings
    {
        var stream = ChangingStream(seed: 40)
        let lines = (0..<records).map { _ in stream.next(change) + "\n" }.joined()
        let path = try folder.write(lines, to: "\(change)-\(records).jsonl")
        return try ChangingStream.settings("drift: [{watch: feature, reference: {file: \"\(path)\"}}\(more)]")
    }

    @Test func `a stream that isn't like the file is told of from its first window on, and one that is isn't`() throws {
        for (ofFile, ofStream, expected) in [
            (ChangingStream.Change.none, ChangingStream.Change.none, [String]()),
            (.none, .feature, ["alert feature.n"]), (.feature, .none, ["alert feature.n"]),
        ] {
            var driver = try TaskDriver(settings(ofFile))
            var stream = ChangingStream(seed: 41)
            for _ in 0..<12_000 { driver.pipe(stream.next(ofStream)) }
            #expect(try notices(driver).filter { $0.hasPrefix("alert") } == expected, "\(ofFile) \(ofStream)")
            let alerts = driver.sink.drift.filter { $0.kind == .alert }
            #expect(alerts.allSatisfy { $0.record < 9_000 })
        }
    }

    @Test func `a category that isn't like the file is told of`() throws {
        let rows = (0..<3_000).map { $0 % 4 == 0 ? "y" : "x" }.joined(separator: "\n")
        let path = try folder.write("c\n\(rows)\n", to: "c.csv")
        var driver = try TaskDriver(
            ChangingStream.settings("drift: [{watch: feature, features: [c], reference: {file: \"\(path)\"}}]"))
        var stream = ChangingStream(seed: 42)
        for _ in 0..<9_000 { driver.pipe(stream.next(.none)) }
        #expect(try notices(driver) == ["alert feature.c"])
        let alert = try #require(driver.sink.drift.first { $0.kind == .alert })
        let reference = try JSONValue.parse(alert.value)["histograms"]?["reference"]?.arrayValue ?? []
        #expect(reference.compactMap(\.doubleValue).prefix(3) == [2_250, 750, 0])
    }

    @Test func `what a signal of its own is about isn't held against the file's`() throws {
        // A fifth of the file's numbers is missing, and none of the stream's.
        let settings = try settings(.missing, ", {watch: quality, checks: [missing]}")
        var driver = try TaskDriver(settings)
        var stream = ChangingStream(seed: 43)
        for _ in 0..<12_000 { driver.pipe(stream.next(.none)) }
        #expect(try notices(driver) == [])
    }

    @Test(arguments: [100, 5_555, 9_500])
    func `a restored task goes on as if nothing had been`(after count: Int) throws {
        let settings = try settings(.none)
        var first = try TaskDriver(settings)
        var second = try TaskDriver(settings)
        var stream = ChangingStream(seed: 44)
        for index in 0..<16_000 {
            let text = stream.next(index < 5_000 ? .none : .feature)
            if index == count { try second.restore(first.task.snapshot(writtenAt: 0)) }
            first.pipe(text)
            if index >= count { second.pipe(text) }
        }
        let (one, other) = (first.task.snapshot(writtenAt: 0), second.task.snapshot(writtenAt: 0))
        #expect(one.state.names == other.state.names)
        for name in one.state.names { #expect(one.state[name] == other.state[name], "\(name)") }
        #expect(first.sink.drift.contains { $0.kind == .alert })
    }

    @Test func `a snapshot that rests on another file isn't taken`() throws {
        let (own, other) = (try settings(.none, records: 3_000), try settings(.none, records: 2_999))
        var first = try TaskDriver(own)
        var stream = ChangingStream(seed: 45)
        for _ in 0..<1_000 { first.pipe(stream.next(.none)) }
        let snapshot = first.task.snapshot(writtenAt: 0)
        #expect(other.changedKeys(against: own.digestFields) == ["drift.0.reference.file"])
        var second = try TaskDriver(other)
        #expect(throws: (any Error).self) { try second.restore(snapshot) }
    }
}
