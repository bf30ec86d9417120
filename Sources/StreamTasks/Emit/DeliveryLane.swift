package import Records

/// One task's place in its worker's producer: its ledger, and the generation that its tokens carry.
///
/// A class, because reports that come in by number and the task that writes need the same ledger.
package final class DeliveryLane {
    package let slot: Int
    package let generation: UInt64
    package var ledger: DeliveryLedger

    package init(slot: Int, generation: UInt64, startingAt position: NextOffset) {
        self.slot = slot
        self.generation = generation & 0xFFF
        ledger = DeliveryLedger(startingAt: position)
    }
}
