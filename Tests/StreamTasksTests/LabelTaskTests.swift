import JSONTree
import OnlineLearning
import RecordCodecs
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// A task whose labels come later, on an input of their own.
@Suite struct LabelTaskTests {
    private func settings(_ more: String = "", labels: String = "") throws -> PipelineSettings {
        try SampleSettings.binary(
            "topics.labels: sample.labels\nlabels: {pending: 500, memory: 1048576\(labels)}\n\(more)")
    }

    private func record(_ id: String, _ a: Double, at time: Int64 = 1_000) -> String {
        #"{"id":\#(id),"timestamp":\#(time),"features":{"a":\#(a),"b":2},"label":"UP"}"#
    }

    private func label(_ id: String, _ label: String = "UP", at time: Int64 = 5_000) -> String {
        #"{"id":\#(id),"label":"\#(label)","timestamp":\#(time)}"#
    }

    @Test func `a prediction goes out at once, and is evaluated and learned when its label comes`() throws {
        var driver = try TaskDriver(settings())
        driver.pipe(record(#""e-1""#, 1))
        #expect(driver.sink.predictions.count == 1 && !driver.sink.predictions[0].text.contains("learned"))
        #expect(driver.task.counters.learned == 0 && driver.task.evaluation.records == 0)
        driver.label(label(#""e-1""#))
        #expect(driver.task.counters.learned == 1 && driver.task.evaluation.records == 1)
        #expect(driver.sink.predictions.count == 1)
        #expect(driver.task.labelDelay(0.5).map { abs($0 - 4) < 0.1 } == true)
        #expect(driver.task.positionsText == ["sample.features/0@1", "sample.labels/0@1"])
        #expect(driver.task.inputsConsumed == 2)
    }

    @Test func `with each label right behind its record the model is that of inline labels`() throws {
        var late = try TaskDriver(settings())
        var inline = try TaskDriver(SampleSettings.binary())
        var random = SplitMix64(seed: 31)
        for number in 0..<400 {
            let text = record("\(number)", .random(in: -2...2, using: &random))
            let class_ = Bool.random(using: &random) ? "UP" : "DOWN"
            late.pipe(text)
            late.label(label("\(number)", class_))
            inline.pipe(text.replacing(#""label":"UP""#, with: #""label":"\#(class_)""#))
        }
        let (one, other) = (late.task.snapshot(writtenAt: 0).state, inline.task.snapshot(writtenAt: 0).state)
        for name in other.names where name.hasPrefix("model/") || name.hasPrefix("evaluation/") {
            #expect(one[name] == other[name], "\(name)")
        }
    }

    @Test func `the prediction is evaluated as it was made, though the model has learned since`() throws {
        var driver = try TaskDriver(settings("model.optimizer: {kind: sgd, step-size: 50}"))
        driver.pipe(record("1", 1))
        for number in 2..<40 {
            driver.pipe(record("\(number)", number.isMultiple(of: 2) ? 1 : -1))
            driver.label(label("\(number)", "DOWN"))
        }
        // By now every record is taken for a DOWN with certainty; the first was a toss-up, which counts as a DOWN too.
        driver.pipe(record("100", 1))
        #expect(driver.sink.predictions.last?.text.contains(#""prediction":"DOWN""#) == true)
        #expect(driver.sink.predictions[0].text.contains(#""prediction":"DOWN","score":0.5"#))
        let before = driver.task.evaluation.overall.named.first { $0.name == "log_loss" }?.value ?? 0
        let records = Double(driver.task.evaluation.records)
        driver.label(label("1", "UP"))
        let after = driver.task.evaluation.overall.named.first { $0.name == "log_loss" }?.value ?? 0
        #expect(abs(after - (before * records + 0.693_147_180_559_945) / (records + 1)) < 1e-9)
    }

    @Test func `a label that was there before its record is learned with it`() throws {
        var driver = try TaskDriver(settings())
        driver.label(label(#""e-1""#, at: 900))
        #expect(driver.task.earlyLabels == 1)
        driver.pipe(record(#""e-1""#, 1))
        #expect(driver.sink.predictions[0].text.contains(#""learned":true"#))
        #expect(driver.task.counters.learned == 1 && driver.task.labelCounters?.matched == 1)
    }

    @Test(arguments: [
        (#""e-1""#, #""e-1""#), ("7", "7"), ("7", #""7""#), (#""\u00e9""#, "\"\u{e9}\""), (#""a\/b""#, #""a/b""#),
    ])
    func `ids are the same where their text is`(_ id: String, _ named: String) throws {
        var driver = try TaskDriver(settings())
        driver.pipe(record(id, 1))
        driver.label(label(named))
        #expect(driver.task.labelCounters?.matched == 1)
    }

    @Test func `without an id the Kafka key is one, and labels can be joined by keys alone`() throws {
        var driver = try TaskDriver(settings())
        driver.pipe(#"{"features":{"a":1}}"#, key: "k-1")
        driver.label(#"{"label":"UP"}"#, key: "k-1")
        driver.pipe(record(#""k-2""#, 1), key: "other")
        driver.label(nil, key: Array("k-2".utf8))
        driver.pipe(#"{"features":{"a":1}}"#)
        driver.label(#"{"id":"sample.features-0-2","label":"UP"}"#)
        #expect(driver.task.labelCounters?.matched == 2 && driver.task.labelCounters?.withdrawn == 1)

        var keyed = try TaskDriver(settings(labels: ", join: key"))
        keyed.pipe(record("1", 1), key: "k-1")
        keyed.pipe(record("2", 1))
        keyed.label(#"{"id":"another","label":"UP"}"#, key: "k-1")
        #expect(keyed.task.labelCounters?.matched == 1 && keyed.task.labelCounters?.unkeyed == 1)
    }

    @Test func `a label record that can't be used is a dead letter of its own topic and changes nothing else`() throws {
        var driver = try TaskDriver(settings())
        driver.pipe(record("1", 1))
        let before = driver.task.snapshot(writtenAt: 0).state
        let bad = [
            "{", "[]", #"{"id":1}"#, #"{"id":1,"label":"SIDEWAYS"}"#, #"{"label":"UP"}"#,
            #"{"id":1,"label":"UP","weight":-1}"#,
        ]
        for value in bad { driver.label(value) }
        driver.label(nil, key: nil)
        #expect(driver.sink.deadLetters.map(\.offset) == Array(0...6))
        #expect(driver.sink.deadLetters.allSatisfy { $0.stage == "label" && $0.input == .labels })
        #expect(
            driver.sink.deadLetters.map(\.reason.className) == [
                "MalformedJSON", "NotAnObject", "MissingLabel", "UnknownClass", "MissingID", "NegativeWeight",
                "MissingID",
            ])
        #expect(driver.task.labelCounters?.refused == 7 && driver.task.labelsAddUp)
        let after = driver.task.snapshot(writtenAt: 0).state
        for name in before.names where name != "labels/counters" { #expect(before[name] == after[name], "\(name)") }
        #expect(driver.task.counters.refused == 0)
    }

    @Test func `without its label a record is learned as the first class where the settings say so`() throws {
        var driver = try TaskDriver(settings(labels: ", wait: 1s, expired: negative"))
        driver.pipe(record("1", 1, at: 1_000))
        driver.pipe(record("2", 1, at: 2_001))
        #expect(driver.task.counters.learned == 1 && driver.task.evaluation.records == 1)
        #expect(driver.task.labelCounters?.expired == 1 && driver.task.waitingPredictions == 1)
        // The very same as a DOWN that came at that time.
        var other = try TaskDriver(settings(labels: ", wait: 1s"))
        other.pipe(record("1", 1, at: 1_000))
        other.label(label("1", "DOWN", at: 1_500))
        other.pipe(record("2", 1, at: 2_001))
        let (one, same) = (driver.task.snapshot(writtenAt: 0).state, other.task.snapshot(writtenAt: 0).state)
        for name in one.names where name.hasPrefix("model/") { #expect(one[name] == same[name], "\(name)") }
    }

    @Test func `weights of record and label are multiplied, and at 0 nothing is learned`() throws {
        var driver = try TaskDriver(settings())
        driver.pipe(#"{"id":1,"features":{"a":1},"weight":3}"#)
        driver.label(#"{"id":1,"label":"UP","weight":0}"#)
        #expect(driver.task.labelCounters?.matched == 1 && driver.task.counters.learned == 0)
        #expect(driver.task.evaluation.records == 0 && driver.task.labelsAddUp)
    }

    @Test func `how long labels take is told at each window's end and can be watched`() throws {
        var driver = try TaskDriver(
            settings(
                "evaluation.window: 100 records\ndrift: [{watch: label-delay, detector: page-hinkley, threshold: 20}]"))
        for number in 0..<1_400 {
            let time = Int64(number) * 1_000
            driver.pipe(record("\(number)", 1, at: time))
            driver.label(label("\(number)", at: time + (number < 1_200 ? 2_000 : 9_000)))
        }
        let reports = driver.sink.drift.filter { $0.signal == "label-delay" && !$0.isAlert }
        #expect(reports.count == 14)
        let first = String(decoding: reports[0].value, as: UTF8.self)
        #expect(first.contains(#""p50":2"#) || first.contains(#""p50":1.9"#), "\(first)")
        let alert = try #require(driver.sink.drift.first { $0.isAlert })
        #expect(alert.signal == "label-delay" && alert.record > 1_200)
        let ids = driver.sink.drift.filter(\.isAlert).compactMap { $0.headers.first { $0.name == "ce_id" }?.value }
        #expect(ids.allSatisfy { $0.contains("-label-") } && Set(ids).count == ids.count, "\(ids)")
    }

    @Test func `while labels are out each window tells how good the predictions are likely to be`() throws {
        var driver = try TaskDriver(settings("evaluation.window: 100 records"))
        var random = SplitMix64(seed: 5)
        for number in 0..<400 {
            let a = Double.random(in: -2...2, using: &random)
            driver.pipe(record("\(number)", a))
            // The last hundred labels stay out.
            if number < 300 { driver.label(label("\(number)", a > 0 ? "UP" : "DOWN")) }
        }
        let windows = driver.sink.drift.filter { $0.signal == "prediction" && !$0.isAlert }
        let last = try JSONValue.parse(windows[3].value)
        #expect(windows.count == 4 && driver.task.waitingPredictions == 100)
        #expect(try #require(last["estimated_accuracy"]?.doubleValue) > 0.8)
        #expect(try #require(last["recent_realized_accuracy"]?.doubleValue) > 0.8)
        #expect(last["recent_estimated_log_loss"] != nil && last["estimated_auc"] != nil)
    }

    #if !DEBUG
        @Test func `nothing is allocated for a record or for its label once warm`() throws {
            // Windows and alerts are rare and may allocate; they are kept out of what is counted.
            var task = try StreamTask(
                settings("evaluation: {window: 1000000 records}"), partition: 0, position: NextOffset(0))
            var random = SplitMix64(seed: 6)
            let records = (0..<8_000).map { number in
                Array(record("\"e-\(number)\"", .random(in: -2...2, using: &random), at: Int64(number)).utf8)
            }
            let labels = (0..<8_000).map {
                Array(label("\"e-\($0)\"", $0 % 3 == 0 ? "UP" : "DOWN", at: Int64($0 + 90)).utf8)
            }
            var sink = DiscardingSink()
            func input(_ value: UnsafeRawBufferPointer, _ offset: Int) -> InputRecord {
                InputRecord(key: nil, value: value, timestamp: 1, partition: 0, offset: Int64(offset))
            }
            func feed(_ range: Range<Int>) {
                for number in range {
                    records[number].withUnsafeBytes { _ = task.process(input($0, number), into: &sink) }
                    guard number >= 90 else { continue }
                    labels[number - 90].withUnsafeBytes { task.takeLabel(input($0, number - 90), into: &sink) }
                }
            }
            feed(0..<4_000)
            #expect(countAllocations { feed(4_000..<7_900) } == 0)
            #expect(task.labelCounters?.matched == 7_810 && task.waitingPredictions == 90)
        }
    #endif

    @Test func `an event time far in the future ends no wait`() throws {
        var driver = try TaskDriver(settings(labels: ", wait: 1h"))
        driver.pipe(record("1", 1, at: 1_700_000_000_000), timestamp: 1_700_000_000_000)
        driver.pipe(record("2", 1, at: 4_000_000_000_000), timestamp: 1_700_000_000_001)
        driver.label(label("3", at: 4_000_000_000_000), timestamp: 1_700_000_000_002)
        #expect(driver.task.waitingPredictions == 2 && driver.task.labelCounters?.expired == 0)
    }

    @Test func `a target without labels is learned at once and evaluated when they come`() throws {
        let settings = try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: b}]
            target: {kind: none}
            model: {kind: half-space-trees}
            topics.labels: sample.labels
            """)
        var driver = try TaskDriver(settings)
        driver.pipe(record("1", 1))
        #expect(driver.task.counters.learned == 1 && driver.task.waitingPredictions == 1)
        driver.label(#"{"id":1,"label":1}"#)
        driver.label(#"{"id":2,"label":"other"}"#)
        #expect(driver.task.counters.learned == 1 && driver.task.evaluation.records == 1)
        #expect(driver.sink.deadLetters.map(\.reason.className) == ["MissingLabel"])
    }
}

extension StreamTask {
    var positionsText: [String] { positions.map(\.description) }
}
