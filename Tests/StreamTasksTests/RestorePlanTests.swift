import Records
import StreamTasks
import Testing

@Suite struct RestorePlanTests {
    private func decide(
        committed: Int64?, snapshot: Int64?, exist: Bool? = nil, low: Int64 = 0, high: Int64 = 100,
        allowGap: Bool = false
    ) -> RestorePlan {
        RestorePlan.decide(
            committed: committed.map { NextOffset($0) }, snapshot: snapshot.map { NextOffset($0) },
            snapshotsExist: exist ?? (snapshot != nil), low: NextOffset(low), high: NextOffset(high), allowGap: allowGap
        )
    }

    @Test func `the first start ever begins at the earliest offset`() {
        #expect(decide(committed: nil, snapshot: nil, low: 7) == .begin(at: NextOffset(7)))
    }

    @Test func `a snapshot is replayed up to the committed position`() {
        #expect(decide(committed: 50, snapshot: 30) == .replay(from: NextOffset(30), to: NextOffset(50)))
        #expect(decide(committed: 50, snapshot: 50) == .replay(from: NextOffset(50), to: NextOffset(50)))
    }

    @Test func `without a snapshot everything is replayed while nothing has ever been deleted`() {
        #expect(decide(committed: 50, snapshot: nil) == .replayAll(from: NextOffset(0), to: NextOffset(50)))
        #expect(decide(committed: 50, snapshot: nil, low: 1) == .refuse(.noSnapshot(committed: NextOffset(50))))
    }

    @Test func `without a snapshot a commit that tells the beginning is replayed from there`() {
        func decide(begun: Int64, low: Int64, exist: Bool = false, allowGap: Bool = false) -> RestorePlan {
            RestorePlan.decide(
                committed: NextOffset(50), snapshot: nil, snapshotsExist: exist, begun: NextOffset(begun),
                low: NextOffset(low), high: NextOffset(100), allowGap: allowGap)
        }
        let replayed = RestorePlan.replayAll(from: NextOffset(20), to: NextOffset(50))
        #expect(decide(begun: 20, low: 20) == replayed)
        #expect(decide(begun: 20, low: 3) == replayed, "what stood before it never was part of the state")
        #expect(decide(begun: 20, low: 20, exist: true) == replayed, "torn snapshots aren't needed then")
        #expect(decide(begun: 20, low: 30) == .refuse(.gap(from: NextOffset(20), to: NextOffset(30))))
        #expect(
            decide(begun: 20, low: 30, allowGap: true) == .replayAll(from: NextOffset(30), to: NextOffset(50)))
        #expect(
            decide(begun: 60, low: 30) == .refuse(.noSnapshot(committed: NextOffset(50))), "somebody else's note")
    }

    @Test func `a commit's note is read back, and any other text is none`() {
        let mark = CommitNote.Mark(offset: 9_007_199_254_740_993, timestamp: -1)
        for begun in [nil, NextOffset(0), NextOffset(9_007_199_254_740_993)] {
            for last in [nil, mark] {
                let note = CommitNote(partitions: 12, begun: begun, last: last)
                #expect(CommitNote(note.text) == note)
            }
        }
        #expect(CommitNote("millrace partitions=3 later=x") == CommitNote(partitions: 3), "what a later version adds")
        for text in [
            "", "7", "millrace", "millrace partitions", "millrace partitions=", "millrace partitions=0",
            "millrace partitions=x", "millrace begun=3", "millrace partitions=3 begun=-1",
            "millrace partitions=3 last=7",
            "millrace partitions=3 last=-7@1", "millrace partitions=3 last=7@", "other partitions=3",
        ] {
            #expect(CommitNote(text) == nil, "\(text)")
        }
    }

    @Test func `snapshots that all lie beyond the commit, or don't verify, are said and not passed over`() {
        #expect(decide(committed: 50, snapshot: nil, exist: true) == .refuse(.noSnapshot(committed: NextOffset(50))))
    }

    @Test func `snapshots without a committed position are refused`() {
        #expect(decide(committed: nil, snapshot: nil, exist: true) == .refuse(.nothingCommitted))
    }

    @Test func `a gap in retention stops the task unless it is allowed`() {
        #expect(decide(committed: 50, snapshot: 30, low: 40) == .refuse(.gap(from: NextOffset(30), to: NextOffset(40))))
        #expect(
            decide(committed: 50, snapshot: 30, low: 40, allowGap: true)
                == .replay(from: NextOffset(40), to: NextOffset(50)))
        #expect(
            decide(committed: 50, snapshot: 30, low: 60, allowGap: true)
                == .replay(from: NextOffset(60), to: NextOffset(60)))
    }

    @Test func `a commit beyond the partition's end means another topic by the same name`() {
        #expect(
            decide(committed: 500, snapshot: 400)
                == .refuse(.committedBeyondEnd(committed: NextOffset(500), high: NextOffset(100))))
    }

    @Test func `every refusal says what to do`() {
        let refusals: [RestoreRefusal] = [
            .nothingCommitted, .noSnapshot(committed: NextOffset(1)), .gap(from: NextOffset(1), to: NextOffset(2)),
            .committedBeyondEnd(committed: NextOffset(2), high: NextOffset(1)), .settingsChanged(keys: ["model.l2"]),
        ]
        for refusal in refusals { #expect(refusal.description.contains("--"), "\(refusal)") }
        #expect(RestoreRefusal.settingsChanged(keys: ["model.l2"]).description.contains("model.l2"))
    }
}
