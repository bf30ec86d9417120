import JSONTree
import RecordCodecs
import Records
import Testing

@Suite struct EncoderTests {
    private func text(
        _ target: Target = .binary(classes: [.text("DO\"WN"), .text("UP")]), id: String? = nil, key: [UInt8]? = nil,
        prediction: Prediction = Prediction(score: 0.75, classIndex: 1), timestamp: Int64 = 5, learned: Bool = false,
        topic: String = "t"
    ) -> String {
        var encoder = PredictionEncoder(pipeline: "elec\\", target: target, partition: 3, topic: topic)
        func raw(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> String) -> String {
            bytes.map { $0.withUnsafeBytes { body($0) } } ?? body(nil)
        }
        return raw(id.map { Array($0.utf8) }) { id in
            raw(key) { key in
                let bytes = encoder.encode(
                    id: id, key: key, partition: 3, offset: 41, timestamp: timestamp, versionRecords: 42,
                    prediction: prediction, learned: learned)
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    @Test func `a prediction is written as the topic has it`() throws {
        let written = text(id: "9007199254740993", learned: true)
        #expect(
            written == #"{"id":9007199254740993,"timestamp":5,"model":"elec\\","version":"3-42","#
                + #""prediction":"UP","score":0.75,"learned":true}"#)
        let tree = try JSONValue.parse(written)
        #expect(tree["model"]?.stringValue == "elec\\" && tree["version"]?.stringValue == "3-42")
        #expect(tree["learned"]?.booleanValue == true && tree["score"]?.doubleValue == 0.75)
    }

    @Test func `without an id the key serves, and without a key of text the record's place`() throws {
        #expect(try JSONValue.parse(text(key: Array("k\"\u{1}é".utf8)))["id"]?.stringValue == "k\"\u{1}é")
        #expect(try JSONValue.parse(text(key: []))["id"]?.stringValue == "")
        #expect(try JSONValue.parse(text(key: [0xFF, 0x41]))["id"]?.stringValue == "t-3-41")
        #expect(try JSONValue.parse(text(topic: "a\"b"))["id"]?.stringValue == "a\"b-3-41")
    }

    @Test func `a class is written as it is declared`() throws {
        let numbers = Target.binary(classes: [.number(0, spelling: "0"), .number(1, spelling: "1.0")])
        #expect(text(numbers).contains(#""prediction":1.0,"#))
        #expect(text(.binary(classes: [.boolean(false), .boolean(true)])).contains(#""prediction":true,"#))
        let named = try JSONValue.parse(text(prediction: Prediction(score: 0.1, classIndex: 0)))
        #expect(named["prediction"] == "DO\"WN")
    }

    @Test func `a regression has its value as prediction, and no time is null`() throws {
        let tree = try JSONValue.parse(
            text(.regression, prediction: Prediction(score: -12.25, classIndex: -1), timestamp: -1))
        #expect(tree["prediction"]?.doubleValue == -12.25 && tree["timestamp"] == .some(.null))
        #expect(tree["learned"] == nil)
    }

    @Test(arguments: [
        0, -0.0, 0.1, 1e300, 1e19, -9.3e18, .leastNonzeroMagnitude, 1 / 3.0, .greatestFiniteMagnitude, 123456789,
    ])
    func `a score is read back bit for bit`(_ score: Double) throws {
        let tree = try JSONValue.parse(text(.regression, prediction: Prediction(score: score, classIndex: -1)))
        #expect(tree["score"]?.doubleValue == score)
    }

    @Test func `of several classes each has its probability, in the fewest digits that read back as the same number`()
        throws
    {
        let target = Target.multiclass(classes: [.text("a"), .number(2, spelling: "2"), .text("c")])
        let probabilities: [Float] = [0.1, 1 / 3, 1e-20]
        var encoder = PredictionEncoder(pipeline: "p", target: target, partition: 0, topic: "t")
        let written = probabilities.withUnsafeBufferPointer {
            String(
                decoding: encoder.encode(
                    id: nil, key: nil, partition: 0, offset: 1, timestamp: 5, versionRecords: 1,
                    prediction: Prediction(score: Double(probabilities[1]), classIndex: 1), probabilities: $0,
                    learned: false), as: UTF8.self)
        }
        #expect(written.contains(#""prediction":2,"#))
        #expect(written.contains(#""probabilities":{"a":0.1,"2":0.33333334,"c":1e-20}"#), "\(written)")
    }

    @Test func `the input header names topic, partition and offset`() {
        var encoder = HeaderEncoder(topic: "electricity.features")
        let bytes = encoder.encode(partition: 7, offset: .max)
        #expect(String(decoding: bytes, as: UTF8.self) == "electricity.features/7/9223372036854775807")
        #expect(HeaderEncoder.name.description == "millrace-input")
    }

    @Test func `a dead letter says in headers where it comes from and why`() throws {
        let bench = try Bench(.binary())
        let reason = try #require(bench.explain(#"{"features": {"a": "x"}}"#))
        let headers = DeadLetterHeaders.headers(topic: "f", partition: 1, offset: 2, stage: "decode", reason: reason)
        #expect(
            headers.map { "\($0.name)=\($0.value)" } == [
                "__connect.errors.topic=f", "__connect.errors.partition=1", "__connect.errors.offset=2",
                "__connect.errors.stage=decode", "__connect.errors.class.name=millrace",
                "__connect.errors.exception.class.name=WrongType",
                #"__connect.errors.exception.message=/features/a: found the string "x", expected is a number"#,
            ])
    }

    @Test func `drift metrics and alerts are written as their topic has them`() throws {
        let metrics = DriftMetrics(
            time: 951_827_696_789, signal: "loss", detector: "adwin", window: 1000, statistic: 0.25, threshold: 0.5,
            drift: true, records: 12_000, values: [.init("accuracy", 0.9), .init("auc", .nan)])
        #expect(
            String(decoding: DriftRecordEncoder.encode(metrics), as: UTF8.self)
                == #"{"time":951827696789,"signal":"loss","detector":"adwin","window":1000,"statistic":0.25,"#
                + #""threshold":0.5,"drift":true,"warning":false,"records":12000,"accuracy":0.9,"auc":null}"#)
    }

    @Test func `alerts and recoveries are CloudEvents that say what moved`() {
        let origin = DriftOrigin(
            pipeline: "e", partition: 0, offset: 11_999, time: 951_827_696_789, signal: "feature.a",
            detector: "kolmogorov-smirnov", records: 12_000)
        let alert = DriftAlert(
            origin: origin, feature: "a", statistic: 0.25, threshold: 0.125,
            change: .init(before: 1, after: 2.5, effect: 0.25, minimumEffect: 0.125, lossEffect: .nan),
            since: .init(record: 11_000, offset: 10_976), proof: .init(evidence: 20.5, level: 11, pValue: 1e-9),
            rank: 2, histograms: .init(edges: [1], reference: [3, 4, 0], current: [0, 6, 1]), action: "reset-model",
            alongside: ["loss"]
        ).encoded()
        let attributes = [
            "ce_specversion=1.0", "ce_type=io.millrace.drift.detected", "ce_source=/millrace/e/0",
            "ce_id=e-0-11999-feature.a-kolmogorov-smirnov", "ce_time=2000-02-29T12:34:56.789Z", "ce_subject=feature.a",
            "content-type=application/json",
        ]
        #expect(alert.headers.map { "\($0.name)=\($0.value)" } == attributes)
        let start =
            #"{"time":951827696789,"signal":"feature.a","detector":"kolmogorov-smirnov","records":12000,"feature":"a","#
        #expect(
            String(decoding: alert.value, as: UTF8.self) == start
                + #""statistic":0.25,"threshold":0.125,"before":1.0,"after":2.5,"effect":0.25,"minimum_effect":0.125,"#
                + #""loss_effect":null,"rank":2,"since":{"record":11000,"offset":10976,"time":null},"evidence":20.5,"#
                + #""level":11.0,"p_value":1e-9,"histograms":{"edges":[1.0],"reference":[3.0,4.0,0.0],"#
                + #""current":[0.0,6.0,1.0]},"action":"reset-model","alongside":["loss"]}"#)
        let recovery = DriftRecovery(
            origin: origin, feature: "a", ending: "returned", lasted: 900, lastedMilliseconds: nil, peakEffect: 0.5
        ).encoded()
        #expect(recovery.headers[1].value == "io.millrace.drift.recovered")
        #expect(recovery.headers[3].value == "e-0-11999-feature.a-kolmogorov-smirnov-recovered")
        #expect(
            String(decoding: recovery.value, as: UTF8.self) == start
                + #""ending":"returned","lasted_records":900,"lasted_ms":null,"peak_effect":0.5,"action":"none"}"#)
    }
}
