package import Records

/// Which inputs of one task have all their outputs safely in Kafka: the watermark that may be committed.
///
/// Every input is opened, each of its outputs gets a ticket, and reports hand the tickets back in any order. The
/// watermark is the position below which no ticket is out. A pure machine: it knows no producer and no clock.
/// - Cost: O(1) a call, amortized; allocates only when more inputs are in flight than ever before.
package struct DeliveryLedger: ~Copyable {
    /// Ring of inputs in flight, by sequence modulo the capacity.
    private var offsets: UnsafeMutableBufferPointer<Int64>
    /// Tickets out for each, plus one while the input is still open.
    private var pending: UnsafeMutableBufferPointer<UInt32>
    private var head: UInt64 = 0
    private var tail: UInt64 = 0
    /// Everything below it is delivered.
    package private(set) var watermark: NextOffset

    package init(startingAt position: NextOffset, capacity: Int = 1 << 14) {
        let size = 1 << (Int.bitWidth - max(capacity - 1, 1).leadingZeroBitCount)
        offsets = .allocate(capacity: size)
        pending = .allocate(capacity: size)
        offsets.initialize(repeating: 0)
        pending.initialize(repeating: 0)
        watermark = position
    }

    deinit {
        offsets.deallocate()
        pending.deallocate()
    }

    /// Inputs whose outputs are not all delivered.
    package var inFlight: Int { Int(tail - head) }

    /// Inputs begun so far, and those of them before which nothing is out: what was begun is done once the second has come to
    /// where the first was.
    package var opened: UInt64 { tail }
    package var settled: UInt64 { head }

    /// Begins an input. Inputs come in the order of their offsets; one that has no offset here, as a label, takes that of the
    /// last one.
    package mutating func open(offset: Int64) {
        if inFlight == offsets.count { grow() }
        let index = slot(tail)
        offsets[index] = offset
        pending[index] = 1
        tail += 1
    }

    /// A ticket for one output of the input that was opened last.
    package mutating func ticket() -> UInt64 {
        pending[slot(tail - 1)] += 1
        return tail - 1
    }

    /// Takes back a ticket for an output that wasn't handed over after all, or was delivered.
    /// A ticket that this ledger never gave, or has settled, changes nothing.
    package mutating func settle(_ ticket: UInt64) {
        guard ticket >= head, ticket < tail, pending[slot(ticket)] > 0 else { return }
        pending[slot(ticket)] -= 1
        if ticket == head { advance() }
    }

    /// Ends the input that was opened last: it has no further outputs.
    package mutating func close() { settle(tail - 1) }

    /// Goes on at a later position where nothing is in flight: no input will come that lies before it.
    package mutating func skip(to position: NextOffset) {
        if inFlight == 0 { watermark = max(watermark, position) }
    }

    private mutating func advance() {
        while head < tail, pending[slot(head)] == 0 {
            watermark = NextOffset(after: offsets[slot(head)])
            head += 1
        }
    }

    private func slot(_ sequence: UInt64) -> Int { Int(truncatingIfNeeded: sequence) & (offsets.count - 1) }

    private mutating func grow() {
        let larger = offsets.count * 2
        let newOffsets = UnsafeMutableBufferPointer<Int64>.allocate(capacity: larger)
        let newPending = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: larger)
        newOffsets.initialize(repeating: 0)
        newPending.initialize(repeating: 0)
        for sequence in head..<tail {
            let target = Int(truncatingIfNeeded: sequence) & (larger - 1)
            newOffsets[target] = offsets[slot(sequence)]
            newPending[target] = pending[slot(sequence)]
        }
        offsets.deallocate()
        pending.deallocate()
        offsets = newOffsets
        pending = newPending
    }
}
