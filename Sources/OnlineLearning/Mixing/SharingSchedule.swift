/// After how many learned records a model is shared.
///
/// At first after each one and then at intervals that grow with the count, because that is when the others have most to
/// gain; in the end once in `every` records. Models that learn at the same pace then take turns, evenly spread, instead of
/// speaking all at once: each turn brings the others something new.
struct SharingSchedule: Sendable {
    private let every: UInt64
    private let turn: UInt64

    /// - Parameters:
    ///   - every: records, 1 or more.
    ///   - member: this model's number among the others.
    init(every: Int, member: Int32) {
        self.every = UInt64(max(every, 1))
        // Multiples of the golden ratio, modulo 1, lie evenly however many there are (Knuth, TAOCP 3, 6.4).
        let fraction = UInt64(UInt32(bitPattern: member) &* 0x9E37_79B9)
        turn = fraction.multipliedFullWidth(by: self.every).low >> 32
    }

    /// - Parameter learned: the count with the record that was just learned.
    func isDue(learned: UInt64) -> Bool {
        guard learned > 0 else { return false }
        // A thirty-second of the largest power of two that isn't above the count.
        let interval = max(1, (UInt64(1) << (63 - UInt64(learned.leadingZeroBitCount))) / 32)
        if interval < every { return learned % interval == 0 }
        return (learned &+ turn) % every == 0
    }
}
