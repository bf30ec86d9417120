import JSONTree
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// What is watched of labels that come by themselves.
@Suite struct LateLabelWatchTests {
    private static func settings(_ more: String = "") throws -> PipelineSettings {
        try ChangingStream.settings(
            "topics.labels: changing.labels\nlabels: {pending: 500, memory: 1048576}\n\(more)")
    }

    /// A record with a number for its id, and the label that comes so many seconds after it.
    private static func pair(_ text: String, _ number: Int, delay: Double) throws -> (record: String, label: String) {
        let record = try JSONValue.parse(Array(text.utf8))
        let label = try #require(record["label"]?.stringValue)
        let time = try #require(record["timestamp"]?.doubleValue)
        return (
            "{\"id\":\(number),\(text.dropFirst())",
            "{\"id\":\(number),\"label\":\"\(label)\",\"timestamp\":\(Int64(time + delay * 1000))}"
        )
    }

    private static func alerts(_ driver: borrowing TaskDriver) -> [DriftOutput] {
        driver.sink.drift.filter { $0.kind == .alert }
    }

    @Test func `the loss is watched as that of labels in their records`() throws {
        var inline = try TaskDriver(ChangingStream.settings("drift: [{watch: loss}, {watch: error, detector: ddm}]"))
        var late = try TaskDriver(Self.settings("drift: [{watch: loss}, {watch: error, detector: ddm}]"))
        var stream = ChangingStream(seed: 12)
        for index in 0..<22_000 {
            let text = stream.next(index < 20_000 || index.isMultiple(of: 2) ? .none : .concept)
            let (record, label) = try Self.pair(text, index, delay: 2)
            inline.pipe(text)
            late.pipe(record)
            late.label(label)
        }
        let expected = Self.alerts(inline)
        let found = Self.alerts(late)
        #expect(expected.contains { $0.signal == "loss" }, "\(expected.map(\.signal))")
        #expect(found.map(\.signal) == expected.map(\.signal))
        #expect(found.map(\.record) == expected.map(\.record))
        #expect(
            found.allSatisfy { alert in
                alert.headers.contains { $0.name == "ce_id" && $0.value.contains("-label-") }
            })
    }

    @Test func `labels that take longer are told of once by default, and once more when they don't any more`() throws {
        var driver = try TaskDriver(Self.settings())
        var stream = ChangingStream(seed: 13)
        var random = SplitMix64(seed: 14)
        for index in 0..<50_000 {
            let usual = (20_000..<36_000).contains(index) ? 90.0 : 60
            let (record, label) = try Self.pair(
                stream.next(.none), index, delay: usual + Double.random(in: -30...30, using: &random))
            driver.pipe(record)
            driver.label(label)
        }
        #expect(try notices(driver) == ["alert label-delay", "returned label-delay"])
        let alert = try #require(Self.alerts(driver).first)
        #expect((20_000..<22_000).contains(alert.record), "\(alert.record)")
        let data = try JSONValue.parse(alert.value)
        #expect(abs(try #require(data["before"]?.doubleValue) - 60) < 3)
        #expect(try JSONSchema(named: "drift-alert").findings(data) == [])
    }

    @Test func `a restored task goes on with every signal of late labels as if nothing had been`() throws {
        var first = try TaskDriver(Self.settings())
        var second = try TaskDriver(Self.settings())
        var stream = ChangingStream(seed: 15)
        var random = SplitMix64(seed: 16)
        for index in 0..<14_000 {
            let usual = index < 9_000 ? 60.0 : 100
            let (record, label) = try Self.pair(
                stream.next(index < 9_000 ? .none : .concept), index,
                delay: usual + Double.random(in: -30...30, using: &random))
            first.pipe(record)
            if index == 9_150 { try second.restore(first.task.snapshot(writtenAt: 0)) }
            if index > 9_150 { second.pipe(record) }
            first.label(label)
            if index >= 9_150 { second.label(label) }
        }
        let (one, other) = (first.task.snapshot(writtenAt: 0), second.task.snapshot(writtenAt: 0))
        #expect(one.state.names == other.state.names)
        for name in one.state.names { #expect(one.state[name] == other.state[name], "\(name)") }
        let (before, after) = (Self.alerts(first), Self.alerts(second))
        #expect(before.contains { $0.signal == "label-delay" })
        #expect(after == before.suffix(after.count))
    }
}
