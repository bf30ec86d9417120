import JSONTree
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// What people are told at the defaults, of streams in which one thing changes.
@Suite struct WatchedStreamTests {
    @Test(arguments: [ChangingStream.Change.concept, .feature, .missing, .category, .volume, .refusals])
    func `what changes is told of once, by its name, and once more when it comes back`(
        _ change: ChangingStream.Change
    ) throws {
        var driver = try TaskDriver(ChangingStream.settings())
        var stream = ChangingStream(seed: 5)
        for index in 0..<60_000 { driver.pipe(stream.next((20_000..<36_000).contains(index) ? change : .none)) }
        let found = try notices(driver)
        let name = try #require(change.signal)
        // A model learns a new concept, and so its loss comes back twice: after the change, and after the change back.
        let expected = ["alert \(name)", "returned \(name)"]
        #expect(change == .concept ? Array(found.prefix(2)) == expected : found == expected, "\(found)")
        let alert = try #require(driver.sink.drift.first { $0.kind == .alert })
        #expect((20_000..<29_000).contains(alert.record), "\(alert.record)")
        let data = try JSONValue.parse(alert.value)
        let since = try #require(data["since"]?["record"]?.doubleValue)
        #expect(abs(since - 20_000) < 5_000, "\(since)")
        for kind in [DriftOutput.Kind.alert, .recovery] {
            let schema = try JSONSchema(named: kind == .alert ? "drift-alert" : "drift-recovery")
            for output in driver.sink.drift where output.kind == kind {
                #expect(try schema.findings(JSONValue.parse(output.value)) == [])
                #expect(output.headers.contains { $0.name == "ce_id" })
            }
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `nothing is told of 200,000 records in which nothing changes`(_ seed: UInt64) throws {
        var driver = try TaskDriver(ChangingStream.settings())
        var stream = ChangingStream(seed: seed)
        for _ in 0..<200_000 {
            driver.pipe(stream.next(.none))
            driver.sink.predictions.removeAll(keepingCapacity: true)
        }
        #expect(try notices(driver) == [])
    }

    @Test func `an alert about a feature's distribution has both histograms, and is the same when it is told again`()
        throws
    {
        func run() throws -> [DriftOutput] {
            var driver = try TaskDriver(ChangingStream.settings())
            var stream = ChangingStream(seed: 7)
            for index in 0..<30_000 { driver.pipe(stream.next(index < 15_000 ? .none : .feature)) }
            return driver.sink.drift
        }
        let outputs = try run()
        let alert = try #require(outputs.first { $0.kind == .alert })
        let data = try JSONValue.parse(alert.value)
        #expect(data["feature"] == "n")
        let reference = (data["histograms"]?["reference"]?.arrayValue ?? []).compactMap(\.doubleValue)
        let current = (data["histograms"]?["current"]?.arrayValue ?? []).compactMap(\.doubleValue)
        #expect(reference.reduce(0, +) == 1000 && current.reduce(0, +) == 500)
        #expect(try #require(data["after"]?.doubleValue) > #require(data["before"]?.doubleValue))
        #expect(try #require(data["p_value"]?.doubleValue) < 1e-6)
        #expect(try run() == outputs)
    }

    @Test func `nothing watched, nothing kept: the state is that of a pipeline without a watch`() throws {
        var driver = try TaskDriver(ChangingStream.settings("drift: []"))
        var stream = ChangingStream(seed: 8)
        for _ in 0..<2_000 { driver.pipe(stream.next(.refusals)) }
        let names = driver.task.snapshot(writtenAt: 0).state.names
        #expect(
            !names.contains {
                $0.hasPrefix("watch/signals") || $0.hasPrefix("response") || $0.hasPrefix("watch/refusals")
            })
        #expect(try notices(driver) == [])
    }

    @Test func `refused records are counted by their reason, window by window`() throws {
        var driver = try TaskDriver(ChangingStream.settings("evaluation: {window: 500 records}"))
        var stream = ChangingStream(seed: 9)
        for _ in 0..<2_000 { driver.pipe(stream.next(.refusals)) }
        let windows = try driver.sink.drift.filter { $0.signal == "refused" && $0.kind == .window }
            .map { try JSONValue.parse($0.value) }
        #expect(windows.count >= 3)
        for window in windows { #expect(try #require(window["WrongType"]?.doubleValue) > 50) }
    }

    @Test func `a metric is watched window by window`() throws {
        var driver = try TaskDriver(
            ChangingStream.settings(
                "evaluation: {window: 50 records}\ndrift: [{watch: metric, metrics: [accuracy, log_loss]}]"))
        var stream = ChangingStream(seed: 10)
        for index in 0..<24_000 { driver.pipe(stream.next(index < 20_000 || index % 3 == 0 ? .none : .concept)) }
        #expect(try notices(driver).contains { $0 == "alert metric.accuracy" || $0 == "alert metric.log_loss" })
    }

    @Test func `a detector with a rule of its own is told of once an episode`() throws {
        var driver = try TaskDriver(
            ChangingStream.settings("drift: [{watch: feature, features: [n], detector: adwin}]"))
        var stream = ChangingStream(seed: 11)
        for index in 0..<40_000 { driver.pipe(stream.next((15_000..<25_000).contains(index) ? .feature : .none)) }
        #expect(try notices(driver) == ["alert feature.n", "returned feature.n"])
    }
}
