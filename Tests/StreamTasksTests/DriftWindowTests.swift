import JSONTree
import Records
import Settings
import StreamTasks
import Testing

@Suite struct DriftWindowTests {
    private func windows(_ driver: borrowing TaskDriver, of signal: String) throws -> [JSONValue] {
        try driver.sink.drift.filter { $0.signal == signal && $0.kind == .window }.map { try JSONValue.parse($0.value) }
    }

    @Test func `every window of records has one record a signal, with its figures`() throws {
        var driver = try TaskDriver(SampleSettings.regression("evaluation: {window: 4 records}\ndrift: []"))
        for (index, a) in [1.0, 2, 3, 4, 10, 20, 30, 40].enumerated() {
            let b = index % 2 == 0 ? "" : ",\"b\":5"
            driver.pipe("{\"timestamp\":\(1000 + index),\"features\":{\"a\":\(a)\(b)},\"label\":\(a)}")
        }
        let a = try windows(driver, of: "feature.a")
        #expect(a.map { $0["statistic"]?.doubleValue } == [2.5, 25])
        #expect(a.map { $0["records"]?.integerValue } == [4, 8])
        #expect(a.map { $0["time"]?.integerValue } == [1003, 1007])
        #expect(try #require(a[0]["deviation"]?.doubleValue).rounded(toPlaces: 6) == 1.118034)
        #expect(try windows(driver, of: "feature.b").map { $0["missing_rate"]?.doubleValue } == [0.5, 0.5])
        for signal in ["loss", "error", "prediction"] {
            #expect(try windows(driver, of: signal).count == 2, "\(signal)")
        }
        #expect(try windows(driver, of: "error")[1]["mae"]?.doubleValue != nil)
    }

    @Test func `a window says whether a detector of errors warns at its end`() throws {
        var driver = try TaskDriver(
            SampleSettings.binary("evaluation: {window: 10 records}\ndrift: [{watch: error, detector: ddm}]"))
        // The model predicts UP all along: an error in ten records, and then in six.
        for index in 0..<600 {
            let label = index % (index < 300 ? 10 : 6) == 0 ? "DOWN" : "UP"
            driver.pipe("{\"features\":{\"a\":1,\"b\":2},\"label\":\"\(label)\"}")
        }
        let warnings = try windows(driver, of: "accuracy").map { $0["warning"]?.booleanValue }
        #expect(!warnings.prefix(30).contains(true))
        #expect(warnings.suffix(30).contains(true))
    }

    @Test
    func `windows of event time end with the first record of a later one, and late records count in the open one`()
        throws
    {
        var driver = try TaskDriver(SampleSettings.binary("evaluation: {window: 10s}\ndrift: []"))
        for seconds in [0, 4, 9, 10, 3, 19, 35] {
            driver.pipe("{\"timestamp\":\(seconds * 1000),\"features\":{\"a\":1,\"b\":2},\"label\":\"UP\"}")
        }
        let accuracy = try windows(driver, of: "accuracy")
        #expect(accuracy.map { $0["values"]?.doubleValue } == [3, 3])
        #expect(accuracy.map { $0["records"]?.integerValue } == [3, 6])
    }

    @Test func `an event time in the far future doesn't hold all later windows open`() throws {
        var driver = try TaskDriver(SampleSettings.binary("evaluation: {window: 10s}\ndrift: []"))
        let broker: Int64 = 1_700_000_000_000
        for (index, time) in [0, 1_000_000_000_000, 5_000, 7_200_000, 7_215_000, 7_230_000].enumerated()
            as EnumeratedSequence<[Int64]>
        {
            driver.pipe(
                "{\"timestamp\":\(broker + time),\"features\":{\"a\":\(index),\"b\":2}}",
                timestamp: broker + (time > 1_000_000_000 ? 1_000 : time))
        }
        // After the wrong clock's record an hour ahead, windows go on once the broker's time has passed that hour.
        #expect(try windows(driver, of: "prediction").count >= 3)
    }

    @Test func `an alert is a CloudEvent whose id and time come from the input`() throws {
        let settings = try SampleSettings.binary(
            "evaluation: {window: 100000 records}\ndrift: [{watch: feature, detector: adwin, features: [a]}]")
        func run() throws -> [DriftOutput] {
            var driver = try TaskDriver(settings, partition: 2)
            for index in 0..<2_000 {
                driver.pipe(
                    "{\"timestamp\":\(1_700_000_000_000 + index),\"features\":{\"a\":\(index < 1_000 ? 0 : 50 + index % 3),\"b\":1}}"
                )
            }
            return driver.sink.drift
        }
        let alert = try #require(try run().first)
        #expect(alert.isAlert)
        #expect(alert.signal == "feature.a")
        let headers = Dictionary(uniqueKeysWithValues: alert.headers.map { ($0.name, $0.value) })
        #expect(headers["ce_specversion"] == "1.0")
        #expect(headers["ce_source"] == "/millrace/sample/2")
        #expect(headers["ce_id"] == "sample-2-\(alert.record - 1)-feature.a-adwin")
        #expect(headers["ce_time"]?.hasPrefix("2023-11-14T22:13:2") == true)
        #expect(headers["content-type"] == "application/json")
        #expect(try run() == run())
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}
