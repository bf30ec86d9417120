import JSONTree
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Scores whose tail is watched.
@Suite struct ExceedanceStreamTests {
    private static let watches =
        "drift: [{watch: loss, detector: exceedance}, {watch: prediction, detector: exceedance}]"

    /// Errors of which one in four may be four times as large: a model can't learn that away.
    private struct NoisyStream {
        var random: SplitMix64

        static func settings(_ drift: String) throws -> PipelineSettings {
            try PipelineSettings.parse(
                """
                pipeline: noisy
                kafka: {bootstrap.servers: "localhost:9092"}
                features: [{name: a}]
                target: {kind: regression, scale: none}
                model: {kind: linear}
                \(drift)
                """)
        }

        mutating func next(isWild: Bool) -> String {
            let a = Double.random(in: -1...1, using: &random)
            var noise = 0.0
            for _ in 0..<4 { noise += Double.random(in: -1...1, using: &random) }
            let isLarge = Double.random(in: 0..<1, using: &random) < 0.25 && isWild
            return "{\"features\":{\"a\":\(a)},\"label\":\(2 * a + (isLarge ? 4 : 1) * noise)}"
        }
    }

    @Test func `losses that are high more often are told of as a share, and once more when they aren't any more`()
        throws
    {
        var driver = try TaskDriver(NoisyStream.settings("drift: [{watch: loss, detector: exceedance}]"))
        var stream = NoisyStream(random: SplitMix64(seed: 50))
        for index in 0..<50_000 { driver.pipe(stream.next(isWild: (20_000..<30_000).contains(index))) }
        #expect(try notices(driver) == ["alert loss", "returned loss"])
        let alert = try #require(driver.sink.drift.first { $0.kind == .alert })
        #expect((20_000..<22_000).contains(alert.record), "\(alert.record)")
        let data = try JSONValue.parse(alert.value)
        #expect(data["detector"] == "exceedance" && data["loss_effect"] == .null)
        #expect(abs(try #require(data["before"]?.doubleValue) - 0.05) < 0.04)
        #expect(try #require(data["after"]?.doubleValue) > 0.08)
        #expect(try JSONSchema(named: "drift-alert").findings(data) == [])
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `nothing is told of scores that stay as they are`(_ seed: UInt64) throws {
        var driver = try TaskDriver(ChangingStream.settings(Self.watches))
        var stream = ChangingStream(seed: seed)
        for _ in 0..<100_000 {
            driver.pipe(stream.next(.none))
            driver.sink.predictions.removeAll(keepingCapacity: true)
        }
        #expect(try notices(driver) == [])
    }

    @Test(arguments: [400, 5_000, 12_345, 14_500])
    func `a restored task goes on as if nothing had been`(after count: Int) throws {
        let settings = try NoisyStream.settings(Self.watches)
        var first = try TaskDriver(settings)
        var second = try TaskDriver(settings)
        var stream = NoisyStream(random: SplitMix64(seed: 53))
        for index in 0..<16_000 {
            let text = stream.next(isWild: index >= 12_000)
            if index == count { try second.restore(first.task.snapshot(writtenAt: 0)) }
            first.pipe(text)
            if index >= count { second.pipe(text) }
        }
        let (one, other) = (first.task.snapshot(writtenAt: 0), second.task.snapshot(writtenAt: 0))
        #expect(one.state.names == other.state.names)
        #expect(one.state.names.contains { $0.hasPrefix("watch/signals/exceedance/1") })
        for name in one.state.names { #expect(one.state[name] == other.state[name], "\(name)") }
        #expect(first.sink.drift.contains { $0.kind == .alert })
    }
}
