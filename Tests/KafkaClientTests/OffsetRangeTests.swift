import KafkaClient
import Testing

@Suite struct OffsetRangeTests {
    private let place = TopicPartition(topic: "t", partition: 2)

    @Test func `what isn't said is what the partition has`() throws {
        #expect(try OffsetRange().resolved(in: 5..<10, of: place) == 5..<10)
        #expect(try OffsetRange(from: 7).resolved(in: 5..<10, of: place) == 7..<10)
        #expect(try OffsetRange(to: 7).resolved(in: 5..<10, of: place) == 5..<7)
        #expect(try OffsetRange(from: 5, to: 10).resolved(in: 5..<10, of: place) == 5..<10)
    }

    @Test func `what the partition hasn't is refused, with what it has`() {
        func refusal(_ range: OffsetRange, in held: Range<Int64> = 5..<10) -> String {
            do throws(OffsetRangeError) {
                return "\(try range.resolved(in: held, of: place))"
            } catch {
                return error.description
            }
        }
        #expect(refusal(OffsetRange(from: 4)) == "t/2: offset 4 is gone: the partition has the offsets 5 to 9")
        #expect(
            refusal(OffsetRange(from: 11)) == "t/2: offset 11 isn't there yet: the partition has the offsets 5 to 9")
        #expect(refusal(OffsetRange(to: 11)) == "t/2: it can't be read up to 11: the partition has the offsets 5 to 9")
        #expect(refusal(OffsetRange(from: 10)).contains("no record from 10 up to, but not with, 10"))
        #expect(refusal(OffsetRange(from: 8, to: 6)).contains("no record from 8 up to, but not with, 6"))
        #expect(refusal(OffsetRange(), in: 3..<3).contains("has no records; its next offset is 3"))
    }
}
