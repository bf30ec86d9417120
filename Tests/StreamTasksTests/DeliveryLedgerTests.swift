import Records
import StreamTasks
import TestSupport
import Testing

@Suite struct DeliveryLedgerTests {
    @Test func `the watermark stands below the first input with an output on its way`() {
        var ledger = DeliveryLedger(startingAt: NextOffset(10))
        ledger.open(offset: 10)
        let first = ledger.ticket()
        ledger.close()
        ledger.open(offset: 11)
        let second = ledger.ticket()
        ledger.close()
        #expect(ledger.watermark == NextOffset(10))
        ledger.settle(second)
        #expect(ledger.watermark == NextOffset(10))
        ledger.settle(first)
        #expect(ledger.watermark == NextOffset(12))
        #expect(ledger.inFlight == 0)
    }

    @Test func `an input waits for all of its outputs`() {
        var ledger = DeliveryLedger(startingAt: NextOffset(0))
        ledger.open(offset: 0)
        let tickets = (0..<3).map { _ in ledger.ticket() }
        ledger.settle(tickets[0])
        ledger.settle(tickets[1])
        ledger.settle(tickets[2])
        #expect(ledger.watermark == NextOffset(0), "it is still open")
        ledger.close()
        #expect(ledger.watermark == NextOffset(1))
    }

    @Test func `an input without outputs moves the watermark, over gaps in the offsets too`() {
        var ledger = DeliveryLedger(startingAt: NextOffset(5))
        for offset in [5, 9, 100] as [Int64] {
            ledger.open(offset: offset)
            ledger.close()
        }
        #expect(ledger.watermark == NextOffset(101))
    }

    @Test func `a watermark is moved on by hand only where nothing is in flight, and never back`() {
        var ledger = DeliveryLedger(startingAt: NextOffset(5))
        ledger.skip(to: NextOffset(8))
        #expect(ledger.watermark == NextOffset(8))
        ledger.skip(to: NextOffset(6))
        #expect(ledger.watermark == NextOffset(8))
        ledger.open(offset: 8)
        let ticket = ledger.ticket()
        ledger.close()
        ledger.skip(to: NextOffset(20))
        #expect(ledger.watermark == NextOffset(8), "an output is on its way")
        ledger.settle(ticket)
        #expect(ledger.watermark == NextOffset(9))
    }

    @Test func `a ticket that comes twice, or was never given, settles nothing else`() {
        var ledger = DeliveryLedger(startingAt: NextOffset(0))
        ledger.open(offset: 0)
        let ticket = ledger.ticket()
        ledger.close()
        ledger.settle(ticket)
        ledger.settle(ticket)
        ledger.settle(77)
        ledger.open(offset: 1)
        ledger.settle(ticket)
        _ = ledger.ticket()
        ledger.close()
        #expect(ledger.watermark == NextOffset(1))
    }

    @Test func `whatever the order of the reports, the watermark never passes an open one`() {
        var random = SplitMix64(seed: 7)
        var ledger = DeliveryLedger(startingAt: NextOffset(0), capacity: 4)
        var out: [(ticket: UInt64, offset: Int64)] = []
        for offset in 0..<5_000 as Range<Int64> {
            ledger.open(offset: offset)
            for _ in 0..<Int.random(in: 1...3, using: &random) { out.append((ledger.ticket(), offset)) }
            ledger.close()
            while out.count > 40 || (!out.isEmpty && Bool.random(using: &random)) {
                ledger.settle(out.remove(at: Int.random(in: 0..<out.count, using: &random)).ticket)
            }
            #expect(ledger.watermark.rawValue == out.map(\.offset).min() ?? offset + 1)
        }
        for one in out { ledger.settle(one.ticket) }
        #expect(ledger.watermark == NextOffset(5_000))
    }

    @Test func `a token carries slot, generation and ticket, and a stale generation settles nothing`() throws {
        let token = DeliveryToken(slot: 200, generation: 4_000, ticket: 1 << 43)
        #expect(DeliveryToken(rawValue: token.rawValue).slot == 200)
        #expect(token.generation == 4_000)
        #expect(token.ticket == 1 << 43)

        var lanes = DeliveryLanes()
        let opened = lanes.open(startingAt: NextOffset(0))
        let old = try #require(opened)
        old.ledger.open(offset: 0)
        let late = DeliveryToken(slot: old.slot, generation: old.generation, ticket: old.ledger.ticket()).rawValue
        lanes.close(old)
        let reopened = lanes.open(startingAt: NextOffset(0))
        let new = try #require(reopened)
        #expect(new.slot == old.slot)
        new.ledger.open(offset: 0)
        _ = new.ledger.ticket()
        new.ledger.close()
        lanes.settle(late)
        #expect(new.ledger.watermark == NextOffset(0))
        let isCurrent = lanes.isCurrent(late)
        #expect(!isCurrent)
    }
}
