import KafkaClient
import Records
import StreamTasks
import Testing

@Suite struct OutputRecordTests {
    private func output(
        _ kind: OutputKind, code: Int32, retriable: Bool = false, fatal: Bool = false,
        value: [UInt8]? = Array("value".utf8)
    ) -> OutputRecord {
        OutputRecord(
            kind: kind, key: nil, value: value, headers: [RecordHeader("millrace-input", "t/0/1")], timestamp: 123,
            token: 9,
            error: KafkaError(code: code, message: "m", isFatal: fatal, isRetriable: retriable, requiresAbort: false))
    }

    @Test func `a passing fault sends the same bytes again`() throws {
        let before = output(.prediction, code: -192, retriable: true)
        #expect(before.remedy == .sendAgain)
        let after = try #require(before.mended())
        #expect(after.value == before.value)
        #expect(after.headers == before.headers)
        #expect(after.kind == .prediction)
    }

    @Test
    func `a prediction that is too large goes to dead letters, and a dead letter that is too large without its value`()
        throws
    {
        let dead = try #require(output(.prediction, code: 10).mended())
        #expect(dead.kind == .deadLetter)
        #expect(dead.token == 9)
        var again = dead
        again.error = output(.prediction, code: 10).error
        #expect(again.remedy == .deadLetterWithoutValue)
        let bare = try #require(again.mended())
        #expect(bare.value == nil)
        #expect(bare.headers.contains(RecordHeader("millrace-value-bytes", "5")))
        #expect(
            bare.headers.contains(
                RecordHeader(
                    "millrace-value-sha256", "cd42404d52ad55ccfa9aca4adc828aa5800ad9d385a0671fbcbf724118320619")))
        #expect(bare.headers.first == RecordHeader("millrace-input", "t/0/1"))
    }

    @Test func `an event time that the broker refuses travels in a header`() throws {
        let mended = try #require(output(.prediction, code: 32).mended())
        #expect(mended.timestamp == -1)
        #expect(mended.headers.last == RecordHeader("millrace-timestamp", "123"))
        var again = mended
        again.error = output(.prediction, code: 32).error
        #expect(again.remedy == .deadLetter, "once is enough")
    }

    @Test func `what can't be mended stops`() {
        #expect(output(.prediction, code: 29).remedy == .stop)
        #expect(output(.prediction, code: -150, fatal: true).remedy == .stop)
        #expect(output(.deadLetter, code: 10, value: nil).remedy == .stop)
    }
}
