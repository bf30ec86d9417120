/// Holds what a pipeline left behind against an uninterrupted run of the same inputs. Pure: it reads nothing by itself.
struct DeliveryCheck {
    enum Promise {
        /// Each output exactly once, and in the order of the inputs.
        case exactlyOnce
        /// A repeat is allowed where it is the same to the byte, input header included.
        case atLeastOnce
    }

    let promise: Promise
    let expected: ExpectedDelivery

    /// Everything that is wrong, with the place where; empty where the promise is kept.
    func findings(in observed: ObservedDelivery) -> [String] {
        outputs("prediction", observed.predictions, expected: expected.predictions)
            + outputs("dead letter", observed.deadLetters, expected: expected.deadLetters)
            + drift(observed.drift) + (promise == .exactlyOnce ? order(observed.predictions) : [])
            + states(observed.states) + committed(observed)
    }

    private func outputs(
        _ kind: String, _ records: [SeenRecord], expected: [String: SeenRecord.Content]
    ) -> [String] {
        let found = Dictionary(grouping: records, by: \.input)
        var findings: [String] = []
        for (input, content) in expected {
            let copies = found[input] ?? []
            if copies.isEmpty { findings.append("\(kind) of \(input): missing") }
            if promise == .exactlyOnce, copies.count > 1 {
                findings.append("\(kind) of \(input): \(copies.count) times, at \(copies.places)")
            }
            findings += copies.compactMap { copy in
                copy.content.difference(from: content).map { "\(kind) of \(input) at \(copy.place): \($0)" }
            }
        }
        for (input, copies) in found where expected[input] == nil {
            findings.append("\(kind) of \(input) at \(copies.places): nothing of that kind is due")
        }
        return findings.sorted()
    }

    private func drift(_ records: [SeenRecord]) -> [String] {
        let found = Dictionary(grouping: records, by: \.content)
        var findings: [String] = []
        for (content, due) in expected.drift {
            let copies = found[content] ?? []
            if copies.count < due { findings.append("drift record \(content.text): \(copies.count) of \(due)") }
            if promise == .exactlyOnce, copies.count > due {
                findings.append("drift record \(content.text): \(copies.count) of \(due), at \(copies.places)")
            }
        }
        for (content, copies) in found where expected.drift[content] == nil {
            findings.append("drift record \(content.text) at \(copies.places): nothing like it is due")
        }
        return findings.sorted()
    }

    /// Within one output partition the outputs of one input partition come in the order of their inputs.
    private func order(_ records: [SeenRecord]) -> [String] {
        var last: [String: (offset: Int64, place: String)] = [:]
        var findings: [String] = []
        for record in records.sorted(by: { ($0.partition, $0.offset) < ($1.partition, $1.offset) }) {
            guard let slash = record.input.lastIndex(of: "/"),
                let offset = Int64(record.input[record.input.index(after: slash)...])
            else { continue }
            let lane = "\(record.partition) \(record.input[..<slash])"
            if let before = last[lane], before.offset > offset {
                findings.append(
                    "prediction of \(record.input) at \(record.place): after that of offset \(before.offset)")
            }
            last[lane] = (offset, record.place)
        }
        return findings
    }

    private func states(_ found: [Int32: FinalState]) -> [String] {
        let partitions = Set(expected.states.keys).union(found.keys).sorted()
        return partitions.compactMap { partition in
            let (due, found) = (expected.states[partition], found[partition])
            guard due != found else { return nil }
            return "state of partition \(partition): \(found.map { "\($0)" } ?? "no snapshot"), "
                + "due is \(due.map { "\($0)" } ?? "none")"
        }
    }

    /// The next position to read is behind the last record; transaction markers may lie between.
    private func committed(_ observed: ObservedDelivery) -> [String] {
        let last = Dictionary(grouping: observed.inputs, by: \.partition).compactMapValues { $0.map(\.offset).max() }
        return last.sorted { $0.key < $1.key }.compactMap { partition, last in
            let next = observed.committed[partition]
            guard next != last + 1 else { return nil }
            return "committed position of partition \(partition): \(next.map { "\($0)" } ?? "none"), due is \(last + 1)"
        }
    }
}

extension [SeenRecord] {
    fileprivate var places: String { map(\.place).sorted().joined(separator: ", ") }
}

extension SeenRecord.Content {
    var text: String { value.map { String(decoding: $0.prefix(200), as: UTF8.self) } ?? "tombstone" }

    /// What differs, and where; nil where nothing does.
    fileprivate func difference(from due: Self) -> String? {
        if key != due.key { return "the key is another one" }
        if timestamp != due.timestamp { return "the timestamp is \(timestamp), due is \(due.timestamp)" }
        if headers != due.headers {
            let names = Set(headers.keys).union(due.headers.keys).filter { headers[$0] != due.headers[$0] }
            return "these headers differ: \(names.sorted().joined(separator: ", "))"
        }
        guard value != due.value else { return nil }
        let byte = zip(value ?? [], due.value ?? []).enumerated().first { $1.0 != $1.1 }?.offset
        return "the value differs at byte \(byte.map { "\($0)" } ?? "of its end"): \(text), due is \(due.text)"
    }
}
