import RecordCodecs
import Records
import Testing

@Suite struct TimestampTests {
    private func milliseconds(_ text: String) throws -> Int64? {
        let record = Array(#"{"features": {"a": 1}, "timestamp": "\#(text)"}"#.utf8)
        let bench = try Bench(.binary())
        let outcome = bench.decode(record)
        #expect(outcome == bench.decodeSlowly(record))
        return outcome.timestamp
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:34:56.789Z", 951_827_696_789),
            ("2024-02-29T23:59:59+00:00", 1_709_251_199_000), ("2024-03-01T01:00:00+01:00", 1_709_251_200_000),
            ("1985-04-12T23:20:50.52Z", 482_196_050_520), ("1996-12-19T16:39:57-08:00", 851_042_397_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000), ("1990-12-31T15:59:60-08:00", 662_688_000_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("2023-11-14t22:13:20.123456789z", 1_700_000_000_123),
            ("2023-11-14 22:13:20Z", 1_700_000_000_000),
        ] as [(String, Int64)])
    func `RFC 3339 text is milliseconds since 1970`(_ text: String, _ expected: Int64) throws {
        #expect(try milliseconds(text) == expected)
    }

    @Test(arguments: [
        "", "2024", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z",
        "2024-04-31T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:61Z", "2024-01-01T12:00:60Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+01", "2024-01-01T00:00:00Zx", "2024-01-01",
        "1969-12-31T23:59:59Z", " 2024-01-01T00:00:00Z", "2024-1-01T00:00:00Z", "+2024-01-01T00:00:00Z",
    ])
    func `any other text is refused`(_ text: String) throws {
        #expect(try milliseconds(text) == nil)
    }

    @Test func `times are written as they are read, over all years`() throws {
        var milliseconds: Int64 = 0
        while milliseconds <= 253_402_300_799_999 {
            #expect(try self.milliseconds(EventTime.text(milliseconds: milliseconds)) == milliseconds)
            // About 97 days, so that every month and many leap days are met.
            milliseconds += 8_400_000_123 * 7
        }
    }
}
