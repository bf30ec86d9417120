package import Records

/// One task's place in its worker's producer: its ledger, and the generation that its tokens carry.
///
/// A class, because reports that come in by number and the task that writes need the same ledger.
package final class DeliveryLane {
    package let slot: Int
    package let generation: UInt64
    package var ledger: DeliveryLedger
    /// The journal's entry that was sent last is delivered.
    package var hasDeliveredEntry = false

    package init(slot: Int, generation: UInt64, startingAt position: NextOffset) {
        self.slot = slot
        self.generation = generation & 0xFFF
        ledger = DeliveryLedger(startingAt: position)
    }

    /// What a journal's entry carries: it belongs to no input, and one at a time is on its way.
    var entryToken: UInt64 {
        DeliveryToken(slot: slot, generation: generation, ticket: DeliveryToken.entryTicket).rawValue
    }

    func settle(_ ticket: UInt64) {
        if ticket == DeliveryToken.entryTicket { hasDeliveredEntry = true } else { ledger.settle(ticket) }
    }
}
