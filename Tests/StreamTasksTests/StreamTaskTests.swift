import JSONTree
import OnlineLearning
import RecordCodecs
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

@Suite struct StreamTaskTests {
    @Test func `every input gives one prediction or one dead letter, in order`() throws {
        var driver = try TaskDriver(SampleSettings.binary())
        let records = sampleRecords(3_000, seed: 1)
        for record in records { driver.pipe(record) }
        let offsets = (driver.sink.predictions.map(\.offset) + driver.sink.deadLetters.map(\.offset)).sorted()
        #expect(offsets == Array(0..<3_000))
        #expect(driver.sink.deadLetters.count > 100)
        #expect(driver.sink.predictions.map(\.offset) == driver.sink.predictions.map(\.offset).sorted())
        #expect(driver.task.counters.consumed == 3_000)
    }

    @Test func `a prediction says what it is of and which model made it`() throws {
        var driver = try TaskDriver(SampleSettings.binary(), partition: 3, startingAt: 40)
        driver.pipe(#"{"id":9007199254740993,"timestamp":1700000000123,"features":{"a":1,"b":2},"label":"UP"}"#)
        driver.pipe(#"{"features":{"a":1,"b":2}}"#, key: "k\"1", timestamp: 1_700_000_000_999)
        driver.pipe(#"{"features":{"a":1,"b":2}}"#, timestamp: 5)
        let texts = driver.sink.predictions.map(\.text)
        #expect(
            texts[0].hasPrefix(#"{"id":9007199254740993,"timestamp":1700000000123,"model":"sample","version":"3-0""#))
        #expect(texts[0].contains(#""learned":true"#))
        let second = try JSONValue.parse(texts[1])
        #expect(second["id"] == "k\"1")
        #expect(second["timestamp"] == 1_700_000_000_999)
        #expect(second["version"] == "3-1")
        #expect(second["learned"] == nil)
        #expect(try JSONValue.parse(texts[2])["id"] == "sample.features-3-42")
    }

    @Test func `real output fits the schemas in Topics`() throws {
        var driver = try TaskDriver(
            SampleSettings.binary(
                "evaluation: {window: 200 records}\ndrift: [{watch: error, detector: page-hinkley, threshold: 1}]\n"
                    + "alerts: {warm-up: 0, cool-down: 0}"))
        for record in sampleRecords(2_000, seed: 2) { driver.pipe(record, timestamp: 1_700_000_000_000) }
        let prediction = try JSONSchema(named: "prediction")
        for output in driver.sink.predictions {
            #expect(try prediction.findings(JSONValue.parse(output.value)) == [])
        }
        let metrics = try JSONSchema(named: "drift-metric")
        let alert = try JSONSchema(named: "drift-alert")
        #expect(driver.sink.drift.contains { $0.isAlert })
        for output in driver.sink.drift where output.kind != .recovery {
            let findings = try (output.isAlert ? alert : metrics).findings(JSONValue.parse(output.value))
            #expect(findings == [], "\(output.signal)")
        }
    }

    @Test func `a refused record changes nothing but the counts`() throws {
        var driver = try TaskDriver(SampleSettings.binary("drift: []"))
        for record in sampleRecords(500, seed: 3, malformed: false) { driver.pipe(record) }
        let before = driver.task.snapshot(writtenAt: 0).state
        for bad in [
            "", "{", "[]", #"{"features":{"a":1e300}}"#, #"{"features":{"a":1},"label":"?"}"#,
            #"{"features":{"a":1},"weight":-1}"#,
        ] {
            driver.pipe(bad)
        }
        driver.pipe(nil as [UInt8]?)
        let after = driver.task.snapshot(writtenAt: 0).state
        #expect(driver.sink.deadLetters.count == 7)
        for name in before.names where name != "task/counters" { #expect(before[name] == after[name], "\(name)") }
        #expect(driver.task.counters.refused == 7)
    }

    @Test func `a huge step size and extreme values leave the model finite, and it still predicts`() throws {
        for optimizer in ["sgd", "momentum", "adam"] {
            var driver = try TaskDriver(
                SampleSettings.binary(
                    model: "{kind: logistic, optimizer: {kind: \(optimizer), step-size: 1000}, l2: 0.5}"))
            for record in sampleRecords(200, seed: 6) { driver.pipe(record) }
            for value in ["1e14", "-1e14", "1e-300", "0", "9.9e14", "-9.9e14"] {
                driver.pipe("{\"features\":{\"a\":\(value),\"b\":\(value)},\"label\":\"UP\"}")
                driver.pipe("{\"features\":{\"a\":\(value),\"b\":1},\"label\":\"DOWN\",\"weight\":1e14}")
            }
            let weights = try driver.task.snapshot(writtenAt: 0).state.floats("model/weights")
            #expect(weights.allSatisfy { $0.isFinite })
            driver.pipe(#"{"features":{"a":1,"b":2}}"#)
            let last = try #require(driver.sink.predictions.last)
            let score = try #require(try JSONValue.parse(last.value)["score"]?.doubleValue)
            #expect((0...1).contains(score))
        }
    }

    @Test func `no timestamp that a client can write stops the stream`() throws {
        var driver = try TaskDriver(SampleSettings.binary("evaluation: {window: 10s}"))
        for timestamp in [Int64.max, .min, -1, 0, 253_402_300_799_999] {
            driver.pipe(#"{"features":{"a":1,"b":2},"label":"UP"}"#, timestamp: timestamp)
            driver.pipe(#"{"timestamp":253402300799999,"features":{"a":1,"b":2},"label":"UP"}"#, timestamp: timestamp)
        }
        #expect(driver.sink.predictions.count == 10)
        #expect(driver.sink.predictions.allSatisfy { (0...253_402_300_799_999).contains($0.timestamp) })
    }

    @Test func `a label that is absent, or has no weight, is predicted and not learned`() throws {
        var driver = try TaskDriver(SampleSettings.binary())
        driver.pipe(#"{"features":{"a":1,"b":2}}"#)
        driver.pipe(#"{"features":{"a":1,"b":2},"label":"UP","weight":0}"#)
        driver.pipe(#"{"features":{"a":1,"b":2},"label":null}"#)
        #expect(driver.task.counters.predicted == 3)
        #expect(driver.task.counters.learned == 0)
        #expect(driver.task.model.recordsLearned == 0)
    }

    @Test func `statistics are those from before the record`() throws {
        // The first record is scaled with nothing known: its vector is 0, and the score is that of the intercept alone.
        var driver = try TaskDriver(SampleSettings.binary())
        driver.pipe(#"{"features":{"a":1000,"b":-1000},"label":"UP"}"#)
        #expect(try JSONValue.parse(driver.sink.predictions[0].value)["score"]?.doubleValue == 0.5)
    }

    @Test func `a replay that emits nothing leaves the same state`() throws {
        let records = sampleRecords(2_000, seed: 4)
        var live = try TaskDriver(SampleSettings.binary("evaluation: {window: 100 records}"))
        for record in records { live.pipe(record) }
        var silent = try StreamTask(
            SampleSettings.binary("evaluation: {window: 100 records}"), partition: 0, position: NextOffset(0))
        var sink = SilentSink()
        for (offset, record) in records.enumerated() {
            var text = record
            text.withUTF8 { utf8 in
                _ = silent.process(
                    InputRecord(
                        key: nil, value: UnsafeRawBufferPointer(utf8), timestamp: -1, partition: 0,
                        offset: Int64(offset)),
                    into: &sink)
            }
        }
        #expect(silent.snapshot(writtenAt: 0) == live.task.snapshot(writtenAt: 0))
    }

    #if !DEBUG
        @Test(arguments: [
            "", "\ndrift: [{watch: features, every: 1, window: 300}]", "\ndrift: [{watch: loss, detector: exceedance}]",
        ])
        func `nothing is allocated for a record once warm`(_ drift: String) throws {
            // Windows and alerts are rare and may allocate; they are kept out of what is counted.
            var task = try StreamTask(
                SampleSettings.binary("evaluation: {window: 1000000 records}\(drift)"), partition: 0,
                position: NextOffset(0))
            let records = sampleRecords(4_000, seed: 5, malformed: false).map { Array($0.utf8) }
            var sink = DiscardingSink()
            func feed(_ range: Range<Int>) {
                for offset in range {
                    records[offset % records.count].withUnsafeBytes { value in
                        _ = task.process(
                            InputRecord(key: nil, value: value, timestamp: 1, partition: 0, offset: Int64(offset)),
                            into: &sink)
                    }
                }
            }
            feed(0..<4_000)
            #expect(countAllocations { feed(4_000..<8_000) } == 0)
            #expect(sink.bytes > 0)
        }
    #endif
}

/// Encodes everything and keeps nothing.
struct DiscardingSink: OutputSink {
    var bytes = 0

    var isSilent: Bool { false }

    mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {
        bytes += value.count
    }
    mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) {}
    mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) { bytes += message.count }
    mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {}
}
