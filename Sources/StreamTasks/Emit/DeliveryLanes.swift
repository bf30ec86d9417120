package import Records

/// The lanes of one worker, by slot.
package struct DeliveryLanes: ~Copyable {
    private var lanes: [DeliveryLane?] = []
    private var opened: UInt64 = 0

    package init() {}

    /// A lane in the lowest free slot; nil where a worker has as many tasks as tokens can tell apart.
    package mutating func open(startingAt position: NextOffset) -> DeliveryLane? {
        let slot = lanes.firstIndex { $0 == nil } ?? lanes.count
        guard slot <= DeliveryToken.largestSlot else { return nil }
        if slot == lanes.count { lanes.append(nil) }
        opened += 1
        let lane = DeliveryLane(slot: slot, generation: opened, startingAt: position)
        lanes[slot] = lane
        return lane
    }

    package mutating func close(_ lane: DeliveryLane) { lanes[lane.slot] = nil }

    /// Settles one report. A report for a lane that is gone changes nothing.
    package func settle(_ raw: UInt64) {
        let token = DeliveryToken(rawValue: raw)
        guard token.slot < lanes.count, let lane = lanes[token.slot], lane.generation == token.generation else {
            return
        }
        lane.settle(token.ticket)
    }

    /// Whether the report is for a lane that still is.
    package func isCurrent(_ raw: UInt64) -> Bool {
        let token = DeliveryToken(rawValue: raw)
        return token.slot < lanes.count && lanes[token.slot]?.generation == token.generation
    }
}
