/// What travels with an output through the producer: which task's ledger it belongs to, and the ticket there.
///
/// A task's generation keeps a late report for a released task from settling anything of the one that took its slot.
package struct DeliveryToken: Equatable, Sendable {
    /// 8 bits of slot, 12 bits of generation, 44 bits of ticket.
    package let rawValue: UInt64

    package static let largestSlot = 0xFF
    /// No input's: at a million outputs a second a ledger would get there in half a year.
    static let entryTicket: UInt64 = 0xFFF_FFFF_FFFF

    package init(slot: Int, generation: UInt64, ticket: UInt64) {
        rawValue = UInt64(slot & 0xFF) << 56 | (generation & 0xFFF) << 44 | (ticket & 0xFFF_FFFF_FFFF)
    }

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package var slot: Int { Int(rawValue >> 56) }
    package var generation: UInt64 { (rawValue >> 44) & 0xFFF }
    package var ticket: UInt64 { rawValue & 0xFFF_FFFF_FFFF }
}
