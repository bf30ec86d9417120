import Records
import StreamTasks
import Testing

@Suite struct RebuildPlanTests {
    private func decide(_ target: Int64, snapshot: Int64?, low: Int64 = 0) throws(RebuildRefusal) -> RebuildPlan {
        try RebuildPlan.decide(
            target: NextOffset(target), snapshot: snapshot.map { NextOffset($0) }, low: NextOffset(low),
            high: NextOffset(100))
    }

    @Test func `the nearest older snapshot is the start, and the beginning where there is none`() throws {
        #expect(try decide(50, snapshot: 30) == .fromSnapshot(at: NextOffset(30)))
        #expect(try decide(50, snapshot: nil) == .fromBeginning)
        #expect(try decide(0, snapshot: nil) == .fromBeginning)
        #expect(try decide(100, snapshot: 90) == .fromSnapshot(at: NextOffset(90)))
    }

    @Test func `an offset that the partition hasn't reached is refused with its end`() {
        #expect(throws: RebuildRefusal.beyondEnd(NextOffset(101), end: NextOffset(100))) {
            try decide(101, snapshot: 90)
        }
        #expect(throws: RebuildRefusal.negative(NextOffset(-1))) { try decide(-1, snapshot: nil) }
    }

    @Test func `records that are gone are refused where the replay would need them`() throws {
        #expect(throws: RebuildRefusal.gone(from: NextOffset(30), to: NextOffset(40))) {
            try decide(50, snapshot: 30, low: 40)
        }
        #expect(throws: RebuildRefusal.gone(from: NextOffset(30), to: NextOffset(35))) {
            try decide(35, snapshot: 30, low: 40)
        }
        #expect(throws: RebuildRefusal.noSnapshot(NextOffset(50), low: NextOffset(1))) {
            try decide(50, snapshot: nil, low: 1)
        }
        #expect(try decide(30, snapshot: 30, low: 40) == .fromSnapshot(at: NextOffset(30)), "it needs no record")
        #expect(try decide(50, snapshot: 40, low: 40) == .fromSnapshot(at: NextOffset(40)))
    }

    @Test func `every refusal says what can be done`() {
        let words: [(RebuildRefusal, String)] = [
            (.negative(NextOffset(-1)), "0 or more"),
            (.beyondEnd(NextOffset(2), end: NextOffset(1)), "the latest offset to ask for"),
            (.noSnapshot(NextOffset(1), low: NextOffset(1)), "bring an older snapshot back"),
            (.gone(from: NextOffset(1), to: NextOffset(2)), "ask for an offset that a later snapshot covers"),
            (.settingsChanged(keys: ["model.l2"]), "model.l2 changed; name the settings file of that time"),
            (.notConsumed(NextOffset(9), end: NextOffset(5)), "leads to 5"),
            (.silent(NextOffset(1), seconds: 60), "look at the brokers"),
        ]
        for (refusal, advice) in words { #expect(refusal.description.contains(advice), "\(refusal)") }
    }
}
