import JSONTree
import KafkaClient
import Records
import Snapshots
import StreamTasks
import TestSupport
import Testing

@Suite struct JournalTests {
    @Test func `batches of one input that follow each other are one run`() {
        var recorder = JournalRecorder(after: .none, writer: 9)
        #expect(recorder.isEmpty)
        #expect(recorder.takeEntry(records: 0) == nil)
        recorder.consumed(features, from: NextOffset(0), to: NextOffset(10))
        recorder.consumed(features, from: NextOffset(10), to: NextOffset(10))
        recorder.consumed(features, from: NextOffset(10), to: NextOffset(25))
        recorder.consumed(mixes, from: NextOffset(3), to: NextOffset(4))
        recorder.consumed(features, from: NextOffset(25), to: NextOffset(30))
        let entry = recorder.takeEntry(records: 31)
        #expect(entry?.mark == JournalMark(epoch: 1, writer: 9, sequence: 1))
        #expect(entry?.records == 31)
        #expect(
            entry?.runs.map(\.description) == [
                "sample.features/0 0..<25", "sample.mix/1 3..<4", "sample.features/0 25..<30",
            ])
        #expect(recorder.takeEntry(records: 31) == nil)
        recorder.consumed(features, from: NextOffset(30), to: NextOffset(31))
        #expect(recorder.takeEntry(records: 32)?.mark.sequence == 2)
        #expect(recorder.mark.sequence == 2)
    }

    @Test func `an entry comes back from its bytes, and fits its schema`() throws {
        let run = try RecordedRun(seed: 3, batches: 60)
        let schema = try JSONSchema(named: "journal-entry")
        #expect(run.entries.count > 3)
        for entry in run.entries {
            #expect(try schema.findings(.parse(entry.encoded)) == [])
            #expect(try JournalEntry(decoding: entry.encoded, journal: journal, offset: 5) == entry)
        }
    }

    @Test func `an entry that was torn anywhere is refused with its place`() throws {
        let bytes = try RecordedRun(seed: 4, batches: 20).entries[0].encoded
        for length in 0..<bytes.count {
            let error = #expect(throws: JournalError.self, "torn after \(length) bytes") {
                try JournalEntry(decoding: Array(bytes.prefix(length)), journal: journal, offset: 41)
            }
            #expect(error?.offset == 41 && error?.journal == journal)
            #expect(error?.description.hasPrefix("the journal sample.journal/0 at offset 41: found ") == true)
        }
        #expect(throws: JournalError.self) { try JournalEntry(decoding: nil, journal: journal, offset: 1) }
    }

    @Test(arguments: [
        (#"{"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,0,1]]}"#, "`epoch` missing"),
        (#"{"epoch":0,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,0,1]]}"#, "`epoch` 0"),
        (#"{"epoch":1,"writer":-1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,0,1]]}"#, "`writer` -1"),
        (#"{"epoch":1,"writer":1,"sequence":1.5,"records":1,"inputs":["a/0"],"runs":[[0,0,1]]}"#, "`sequence` 1.5"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[]}"#, "`runs` []"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[1,0,1]]}"#, "the run [1,0,1]"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a"],"runs":[[0,0,1]]}"#, "the run [0,0,1]"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/-1"],"runs":[[0,0,1]]}"#, "the run [0,0,1]"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,0,1,2]]}"#, "the run [0,0,1,2]"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,5,5]]}"#, "[0,5,5] of a/0"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,6,5]]}"#, "[0,6,5] of a/0"),
        (#"{"epoch":1,"writer":1,"sequence":1,"records":1,"inputs":["a/0"],"runs":[[0,-6,5]]}"#, "[0,-6,5] of a/0"),
        ("[1]", "`epoch` missing"),
    ])
    func `an entry that says something impossible is refused`(_ text: String, _ found: String) throws {
        let error = #expect(throws: JournalError.self) {
            try JournalEntry(decoding: Array(text.utf8), journal: journal, offset: 7)
        }
        #expect(error?.description.contains(found) == true, "\(error?.description ?? "")")
    }

    @Test func `any order of two inputs is replayed as it was, from any entry to any other`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("journal replay, seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let run = try RecordedRun(seed: random.next(), batches: 50)
            let end = Int.random(in: 0..<run.standings.count, using: &random)
            let start = Int.random(in: 0...end, using: &random)
            let chain = try run.chain(from: start, to: end)
            #expect(chain.end == run.standings[end], "seed \(seed)")
            let replay = JournalReplay(chain)
            #expect(replay.isLive == (start == end), "seed \(seed)")
            let counts = (run.standings[start].records, run.standings[end].records)
            let taken = try follow(replay, run.records, records: counts.0, using: &random)
            #expect(taken == Array(run.consumed[Int(counts.0)..<Int(counts.1)]), "seed \(seed)")
        }
    }
}
