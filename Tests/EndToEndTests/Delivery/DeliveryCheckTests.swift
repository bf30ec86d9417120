import Settings
import Testing

/// The check itself: it finds nothing in what is right, and names everything that is doctored.
@Suite struct DeliveryCheckTests {
    private let expected: ExpectedDelivery
    private let right: ObservedDelivery

    init() throws {
        let settings = try PipelineSettings.parse(
            """
            pipeline: check
            kafka: {bootstrap.servers: "127.0.0.1:1"}
            features: [{name: a}, {name: b}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic}
            learning: {batch: 3}
            evaluation: {window: 50 records}
            drift: [{watch: loss, detector: adwin}]
            """)
        let values = StreamRecords.good(300, seed: 5).map(\.value) + StreamRecords.bad
        // Two partitions; every tenth offset is a transaction marker's.
        let inputs = values.enumerated().map { index, value in
            SeenRecord(
                topic: settings.topics.features, partition: Int32(index % 2),
                offset: Int64(index / 2 + index / 20),
                content: .init(
                    key: Array("k\(index % 17)".utf8), value: value.map { Array($0.utf8) }, timestamp: Int64(index),
                    headers: ["origin": Array("test".utf8)]))
        }
        let expected = try ExpectedDelivery(settings, inputs: inputs)
        self.expected = expected
        var right = ObservedDelivery()
        right.inputs = inputs
        right.predictions = inputs.compactMap { expected.predictions[$0.place] }.enumerated().map {
            SeenRecord(topic: settings.topics.predictions, partition: 0, offset: Int64($0), content: $1)
        }
        right.deadLetters = inputs.compactMap { expected.deadLetters[$0.place] }.enumerated().map {
            SeenRecord(topic: settings.topics.deadLetters, partition: 0, offset: Int64($0), content: $1)
        }
        right.drift = expected.drift.flatMap { Array(repeating: $0.key, count: $0.value) }.enumerated().map {
            SeenRecord(topic: settings.topics.drift, partition: 0, offset: Int64($0), content: $1)
        }
        right.states = expected.states
        right.committed = Dictionary(grouping: inputs, by: \.partition).mapValues { ($0.map(\.offset).max() ?? 0) + 1 }
        self.right = right
    }

    private func findings(_ promise: DeliveryCheck.Promise, _ doctor: (inout ObservedDelivery) -> Void) -> [String] {
        var observed = right
        doctor(&observed)
        return DeliveryCheck(promise: promise, expected: expected).findings(in: observed)
    }

    @Test func `what is right has no findings, under either promise`() {
        #expect(right.predictions.count == 300)
        #expect(right.deadLetters.count == StreamRecords.bad.count)
        #expect(right.drift.count >= 4)
        #expect(findings(.exactlyOnce) { _ in } == [])
        #expect(findings(.atLeastOnce) { _ in } == [])
    }

    @Test(arguments: [DeliveryCheck.Promise.exactlyOnce, .atLeastOnce])
    func `a missing output is named`(promise: DeliveryCheck.Promise) {
        let input = right.predictions[17].input
        #expect(findings(promise) { $0.predictions.remove(at: 17) } == ["prediction of \(input): missing"])
        let refused = right.deadLetters[2].input
        #expect(findings(promise) { $0.deadLetters.remove(at: 2) } == ["dead letter of \(refused): missing"])
        #expect(findings(promise) { $0.drift.remove(at: 1) }.first?.hasSuffix(": 0 of 1") == true)
    }

    @Test
    func `a repeat is found under exactly-once, and allowed under at-least-once where it is the same to the byte`() {
        let repeated = { (observed: inout ObservedDelivery) in
            var copy = observed.predictions[40]
            copy.offset = 1_000
            observed.predictions.append(copy)
        }
        let input = right.predictions[40].input
        let place = "check.predictions/0"
        #expect(
            findings(.exactlyOnce, repeated).first == "prediction of \(input): 2 times, at \(place)/1000, \(place)/40")
        #expect(findings(.atLeastOnce, repeated) == [])
        let other = findings(.atLeastOnce) { observed in
            repeated(&observed)
            observed.predictions[300].content.value?[3] ^= 1
        }
        #expect(other.count == 1)
        #expect(other.first?.contains("at \(place)/1000: the value differs at byte 3") == true)
        #expect(findings(.exactlyOnce) { $0.drift.append($0.drift[0]) }.count == 1)
        #expect(findings(.atLeastOnce) { $0.drift.append($0.drift[0]) } == [])
        #expect(findings(.exactlyOnce) { $0.deadLetters.append($0.deadLetters[0]) }.count == 1)
    }

    @Test func `a changed byte, key, time or header is named`() {
        let input = right.predictions[9].input
        func changed(_ change: (inout SeenRecord.Content) -> Void) -> String? {
            let findings = findings(.exactlyOnce) { change(&$0.predictions[9].content) }
            return findings.count == 1 ? findings[0] : nil
        }
        #expect(
            changed { $0.value?[30] ^= 4 }?.contains("\(input) at check.predictions/0/9: the value differs") == true)
        #expect(changed { $0.value = nil }?.contains("byte of its end: tombstone") == true)
        #expect(changed { $0.key = nil }?.contains("the key") == true)
        #expect(changed { $0.timestamp += 1 }?.contains("the timestamp") == true)
        #expect(changed { $0.headers["more"] = [] }?.contains("these headers differ: more") == true)
    }

    @Test func `an output that nobody asked for is found`() {
        let stray = findings(.atLeastOnce) { observed in
            var copy = observed.predictions[0]
            copy.content.headers["millrace-input"] = Array("check.features/0/9999".utf8)
            observed.predictions.append(copy)
        }
        #expect(stray.first?.contains("check.features/0/9999 at check.predictions/0/0: nothing of that kind") == true)
        // A record that was predicted though it should have been refused.
        let letter = right.deadLetters[0]
        #expect(findings(.atLeastOnce) { $0.predictions.append(letter) }.count == 1)
        #expect(findings(.atLeastOnce) { $0.drift[0].content.value?[2] ^= 1 }.count == 2)
    }

    @Test func `outputs out of order are found under exactly-once`() {
        let swapped = findings(.exactlyOnce) { observed in
            (observed.predictions[20].content, observed.predictions[22].content) =
                (observed.predictions[22].content, observed.predictions[20].content)
        }
        #expect(swapped.count == 1)
        #expect(swapped.first?.contains("after that of offset") == true)
    }

    @Test(arguments: [DeliveryCheck.Promise.exactlyOnce, .atLeastOnce])
    func `a changed state and a position that isn't the end are found`(promise: DeliveryCheck.Promise) {
        #expect(findings(promise) { $0.states[1]?.checksum = "0" }.first?.hasPrefix("state of partition 1:") == true)
        #expect(findings(promise) { $0.states[0]?.next -= 1 }.count == 1)
        #expect(findings(promise) { $0.states[0] = nil }.first?.contains("no snapshot") == true)
        #expect(
            findings(promise) { $0.committed[0]? -= 1 }.first?.hasPrefix("committed position of partition 0:") == true)
        #expect(findings(promise) { $0.committed[1] = nil }.count == 1)
    }
}
