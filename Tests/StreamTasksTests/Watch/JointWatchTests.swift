import JSONTree
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Features that are held together.
@Suite struct JointWatchTests {
    private static func settings(_ more: String = "") throws -> PipelineSettings {
        try ChangingStream.settings("drift: [{watch: features}, {watch: feature}]\n\(more)")
    }

    @Test func `features that come to go together are told of once, though each alone is as before`() throws {
        var driver = try TaskDriver(Self.settings())
        var stream = ChangingStream(seed: 30)
        for index in 0..<60_000 { driver.pipe(stream.next((20_000..<40_000).contains(index) ? .together : .none)) }
        #expect(try notices(driver) == ["alert features", "returned features"])
        let alert = try #require(driver.sink.drift.first { $0.kind == .alert })
        #expect((20_000..<28_000).contains(alert.record), "\(alert.record)")
        let data = try JSONValue.parse(alert.value)
        #expect(data["detector"] == "mmd" && data["feature"] == .null && data["histograms"] == .null)
        #expect(try #require(data["effect"]?.doubleValue) > #require(data["minimum_effect"]?.doubleValue))
        #expect(try JSONSchema(named: "drift-alert").findings(data) == [])
        let window = try #require(driver.sink.drift.last { $0.kind == .window && $0.signal == "features" })
        #expect(try JSONSchema(named: "drift-metric").findings(JSONValue.parse(window.value)) == [])
    }

    @Test(arguments: [31, 32, 33] as [UInt64])
    func `nothing is told of features that stay as they are, missing numbers among them`(_ seed: UInt64) throws {
        var driver = try TaskDriver(ChangingStream.settings("drift: [{watch: features}]"))
        var stream = ChangingStream(seed: seed)
        for index in 0..<100_000 {
            driver.pipe(stream.next(seed == 33 && index % 2 == 0 ? .missing : .none))
            driver.sink.predictions.removeAll(keepingCapacity: true)
        }
        #expect(try notices(driver) == [])
    }

    @Test func `a feature that moves is told of by its own name alone`() throws {
        var driver = try TaskDriver(Self.settings())
        var stream = ChangingStream(seed: 34)
        for index in 0..<40_000 { driver.pipe(stream.next(index < 18_000 ? .none : .feature)) }
        let found = try notices(driver).filter { $0.hasPrefix("alert") }
        #expect(found == ["alert feature.n"], "\(found)")
    }

    @Test(arguments: [500, 9_000, 17_777, 24_300])
    func `a restored task goes on as if nothing had been`(after count: Int) throws {
        var first = try TaskDriver(Self.settings())
        var second = try TaskDriver(Self.settings())
        var stream = ChangingStream(seed: 35)
        for index in 0..<28_000 {
            let text = stream.next(index < 16_000 ? .none : .together)
            if index == count { try second.restore(first.task.snapshot(writtenAt: 0)) }
            first.pipe(text)
            if index >= count { second.pipe(text) }
        }
        let (one, other) = (first.task.snapshot(writtenAt: 0), second.task.snapshot(writtenAt: 0))
        #expect(one.state.names == other.state.names)
        #expect(one.state.names.contains { $0.hasPrefix("watch/signals/joint/0") })
        for name in one.state.names { #expect(one.state[name] == other.state[name], "\(name)") }
        let before = first.sink.drift.filter { $0.kind == .alert }
        #expect(before.count == 1)
        #expect(second.sink.drift.filter { $0.kind == .alert } == before.filter { $0.record > UInt64(count) })
    }

    @Test func `another seed, another look at the features`() throws {
        func state(_ more: String) throws -> StateArchive {
            var driver = try TaskDriver(Self.settings(more))
            var stream = ChangingStream(seed: 36)
            for _ in 0..<4_000 { driver.pipe(stream.next(.none)) }
            return driver.task.snapshot(writtenAt: 0).state
        }
        let name = "watch/signals/joint/0/vectors"
        let (one, again, other) = (try state(""), try state(""), try state("seed: 43"))
        #expect(one[name] == again[name] && one[name] != nil)
        #expect(one[name] != other[name])
    }
}
