/// Feature records and labels with every fault that labels have: early, late, twice, corrected, withdrawn, malformed, of
/// nobody, or none at all. The same seed gives the same records.
package struct LabelFaults: Sendable {
    package struct Event: Sendable {
        package var isLabel: Bool
        package var key: String
        /// Nil is a tombstone.
        package var value: String?
        /// Milliseconds since 1970.
        package var timestamp: Int64
    }

    private var state: UInt64
    private var number = 0
    /// Milliseconds since 1970.
    private var time: Int64 = 1_700_000_000_000
    /// Labels that are still to come, each after so many more records, with the time at which it comes.
    private var coming: [(after: Int, event: @Sendable (Int64) -> Event)] = []
    private let prefix: String

    /// - Parameter prefix: of the ids, which tells partitions apart.
    package init(seed: UInt64, prefix: String) {
        state = seed
        self.prefix = prefix
    }

    /// The next feature record, with the labels that come before and after it, in order.
    package mutating func next() -> [Event] {
        var events: [Event] = []
        let due = coming.filter { $0.after <= number }.map(\.event)
        coming.removeAll { $0.after <= number }
        events += due.map { $0(time) }
        let id = "\(prefix)-\(number)"
        let a = Double(draw(4_000)) / 1_000 - 2
        let b = Double(draw(1_000)) / 10
        let truth = a + b / 100 > 0.5 ? "UP" : "DOWN"
        let other = truth == "UP" ? "DOWN" : "UP"
        time += Int64(draw(200))
        let record = Event(
            isLabel: false, key: id,
            value: "{\"id\":\"\(id)\",\"timestamp\":\(time),\"features\":{\"a\":\(a),\"b\":\(b)}}", timestamp: time)
        switch draw(14) {
        case 0:
            // Before its record.
            events += [label(id, truth)(time), record]
        case 1:
            // Never.
            events.append(record)
        case 2:
            // Longer after it than it waits.
            events.append(record)
            come(label(id, truth), after: 300)
        case 3:
            // Twice the same.
            events.append(record)
            come(label(id, truth), after: draw(30))
            come(label(id, truth), after: 30 + draw(30))
        case 4:
            // Corrected.
            events.append(record)
            come(label(id, truth), after: draw(30))
            come(label(id, other), after: 30 + draw(30))
        case 5:
            // Withdrawn.
            events.append(record)
            come({ Event(isLabel: true, key: id, value: nil, timestamp: $0) }, after: draw(30))
            come(label(id, truth), after: 30 + draw(30))
        case 6:
            // Malformed, and of nobody.
            events.append(record)
            come({ Event(isLabel: true, key: id, value: "{\"id\":", timestamp: $0) }, after: draw(10))
            come(label("\(id)-nobody", truth), after: draw(10))
        default:
            events.append(record)
            come(label(id, truth), after: draw(60))
        }
        number += 1
        return events
    }

    /// So many feature records, and the labels that come between them.
    package mutating func next(records: Int) -> [Event] { (0..<records).flatMap { _ in next() } }

    private mutating func come(_ event: @escaping @Sendable (Int64) -> Event, after records: Int) {
        coming.append((number + 1 + records, event))
    }

    private func label(_ id: String, _ label: String) -> @Sendable (Int64) -> Event {
        { time in
            Event(
                isLabel: true, key: id, value: "{\"id\":\"\(id)\",\"label\":\"\(label)\",\"timestamp\":\(time)}",
                timestamp: time)
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private mutating func draw(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(bound))
    }
}
