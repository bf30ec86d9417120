import StreamTasks
import Testing

@Suite struct TransactionTurnsTests {
    private func ready() -> TransactionTurns {
        var turns = TransactionTurns()
        turns.renewed()
        return turns
    }

    @Test func `nothing ends before both producers are renewed`() {
        var turns = TransactionTurns()
        turns.opened()
        #expect(turns.isLost)
        #expect(turns.cut() == nil)
    }

    @Test func `an empty transaction isn't ended`() {
        var turns = ready()
        #expect(turns.cut() == nil)
    }

    @Test func `outputs wait until the other transaction is delivered, and its end waits for the other's commit`() {
        var turns = ready()
        turns.opened()
        #expect(turns.cut() == 0)
        #expect(turns.filling == 1)
        #expect(turns.outputsWait)
        turns.opened()
        #expect(!turns.mayCut, "the first has not committed")
        turns.delivered()
        #expect(!turns.outputsWait)
        #expect(!turns.mayCut, "its offsets would come before the first one's")
        turns.committed()
        #expect(turns.cut() == 1)
        #expect(turns.filling == 0)
    }

    @Test func `what fails takes both with it until they are renewed`() {
        var turns = ready()
        turns.opened()
        _ = turns.cut()
        turns.opened()
        turns.failed()
        #expect(turns.isLost)
        #expect(!turns.mayCut)
        turns.renewed()
        #expect(turns == ready())
    }
}
