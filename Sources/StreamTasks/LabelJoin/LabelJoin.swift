package import OnlineLearning
internal import Records
package import Settings

/// Brings labels that come later together with the predictions that wait for them. A pure machine: it knows no topic and no
/// clock but its records', and equal calls give equal state, bit for bit.
///
/// Each prediction is kept with its input until its label comes, its wait is over, or there is no room: what waits longest is
/// given up first. A label whose record isn't known is kept likewise. Ids that were answered are remembered, so that a second
/// label is known; where there is no room they are forgotten first.
/// - Cost: O(size of an input) a record; allocates nothing after `init`, but for an input larger than any before.
package struct LabelJoin: ~Copyable {
    package let settings: LabelSettings
    let shape: JoinShape
    package internal(set) var counters = LabelCounters()
    package internal(set) var clock = StreamClock()
    /// From each record to its label, in event time.
    package internal(set) var delays = DelayHistogram()
    /// How good the predictions are that wait, and how good that estimate was where labels came.
    package internal(set) var estimate: EstimatedPerformance
    var table: JoinTable
    private var scratch = JoinScratch()
    /// Whether an input is needed again once its label has come.
    private var keepsAnswered: Bool { settings.corrected == .learn }

    package init(_ settings: LabelSettings, shape: JoinShape) {
        self.settings = settings
        self.shape = shape
        estimate = EstimatedPerformance(target: shape.target)
        table = JoinTable(
            capacity: settings.pending + settings.early + settings.answered, byteCount: settings.memory)
    }

    /// Predictions that wait.
    package var pending: Int { table.count(.waiting) }
    /// Labels that wait for their feature records.
    package var early: Int { table.count(.early) }
    /// Predictions whose wait has ended with their label, or without one.
    var ended: UInt64 { counters.matched + counters.expired }
    /// Whether both sums of `LabelCounters` hold.
    package var addsUp: Bool { counters.addUp(predictions: pending, labels: early) }

    // MARK: Time

    /// Takes an event time in; then `nextExpired` is to be called until it says nil.
    /// - Parameter brokerTime: milliseconds since 1970; 0 or less where the broker says none.
    package mutating func advance(to eventTime: Int64, brokerTime: Int64) {
        clock.advance(to: eventTime, brokerTime: brokerTime)
    }

    /// Gives up what has waited too long, up to the next prediction of which the first class is to be learned.
    package mutating func nextExpired() -> WaitingExample? {
        for kind in [JoinEntry.Kind.early, .answered] {
            while let slot = overdue(kind) { giveUp(slot) }
        }
        while let slot = overdue(.waiting) {
            counters.expired += 1
            guard settings.expired == .negative else {
                estimate.expired(table[slot].prediction)
                answer(slot, .absent)
                continue
            }
            let example = load(slot)
            estimate.labelled(example.prediction, .classIndex(0), told: table[slot].told)
            answer(slot, .classIndex(0))
            return example
        }
        return nil
    }

    private func overdue(_ kind: JoinEntry.Kind) -> Int32? {
        let slot = table.oldest(kind)
        return slot >= 0 && table[slot].deadline < clock.now ? slot : nil
    }

    // MARK: Predictions

    /// Takes a prediction in that was just made.
    /// - Parameter example: as it was made; it is copied.
    /// - Returns: its label, where it came before; nil where it waits now, or there is no room for it at all.
    package mutating func predicted(_ id: UnsafeRawBufferPointer, _ example: WaitingExample) -> ArrivedLabel? {
        counters.waited += 1
        let slot = table.find(id)
        guard slot >= 0 else {
            wait(id, example)
            return nil
        }
        let known = table[slot]
        table.remove(slot)
        switch known.kind {
        case .early:
            let label = ArrivedLabel(known.label, weight: known.weight, timestamp: known.timestamp)
            counters.matched += 1
            delays.add(known.timestamp - example.timestamp)
            let told = estimate.predicted(example.prediction)
            estimate.labelled(example.prediction, known.label, told: told)
            remember(id, example, known.label)
            return label
        case .waiting:
            counters.replaced += 1
            estimate.expired(known.prediction)
        case .answered: break
        }
        wait(id, example)
        return nil
    }

    private mutating func wait(_ id: UnsafeRawBufferPointer, _ example: WaitingExample) {
        let told = estimate.predicted(example.prediction)
        if !keep(id, example, as: .waiting, label: .absent, told: told) {
            counters.evicted += 1
            estimate.expired(example.prediction)
        }
    }

    private mutating func remember(_ id: UnsafeRawBufferPointer, _ example: WaitingExample, _ label: Label) {
        var kept = example
        if !keepsAnswered {
            kept.input = InputVector(dense: UnsafeBufferPointer(start: nil, count: 0))
            kept.probabilities = UnsafeBufferPointer(start: nil, count: 0)
        }
        _ = keep(id, kept, as: .answered, label: label)
    }

    // MARK: Labels

    /// What a label leads to.
    package enum Arrival {
        /// The prediction that waited for it: evaluate it and learn from it.
        case matched(WaitingExample)
        /// A second label that differs, and is to be learned.
        case corrected(WaitingExample)
        case nothing
    }

    /// Takes a label in.
    /// - Parameter offset: of its record.
    package mutating func arrived(_ id: UnsafeRawBufferPointer, _ label: ArrivedLabel, offset: Int64) -> Arrival {
        counters.records += 1
        let slot = table.find(id)
        guard slot >= 0 else {
            keepEarly(id, label, offset: offset)
            return .nothing
        }
        let known = table[slot]
        switch known.kind {
        case .waiting:
            counters.matched += 1
            delays.add(label.timestamp - known.timestamp)
            let example = load(slot)
            estimate.labelled(example.prediction, label.label, told: known.told)
            answer(slot, label.label)
            return .matched(example)
        case .early:
            guard isNews(label.label, known.label), settings.corrected == .learn else { return .nothing }
            table[slot].label = label.label
            table[slot].weight = label.weight
            table[slot].timestamp = label.timestamp
            return .nothing
        case .answered:
            guard known.label != .absent else {
                counters.late += 1
                return .nothing
            }
            guard isNews(label.label, known.label), settings.corrected == .learn else { return .nothing }
            table[slot].label = label.label
            return .corrected(load(slot))
        }
    }

    private mutating func isNews(_ label: Label, _ known: Label) -> Bool {
        if label == known { counters.duplicates += 1 } else { counters.corrected += 1 }
        return label != known
    }

    private mutating func keepEarly(_ id: UnsafeRawBufferPointer, _ label: ArrivedLabel, offset: Int64) {
        let entry = JoinEntry(
            kind: .early, offset: offset, timestamp: label.timestamp,
            deadline: clock.now + settings.waitMilliseconds, weight: label.weight, label: label.label)
        guard makeRoom(for: .early, byteCount: id.count) else { return counters.orphans += 1 }
        _ = table.add(entry, id: id)
    }

    /// A tombstone: what waits under this id waits no more.
    package mutating func withdrawn(_ id: UnsafeRawBufferPointer) {
        counters.records += 1
        counters.tombstones += 1
        let slot = table.find(id)
        guard slot >= 0 else { return }
        switch table[slot].kind {
        case .waiting:
            counters.withdrawn += 1
            estimate.expired(table[slot].prediction)
        case .early: counters.revoked += 1
        case .answered: return
        }
        table.remove(slot)
    }

    /// A label record that can't be used.
    package mutating func refused() {
        counters.records += 1
        counters.refused += 1
    }

    // MARK: Room

    /// Adds an entry with an input, where there can be room for it.
    private mutating func keep(
        _ id: UnsafeRawBufferPointer, _ example: WaitingExample, as kind: JoinEntry.Kind, label: Label,
        told: Double = .nan
    ) -> Bool {
        var entry = JoinEntry(
            kind: kind, offset: example.offset, timestamp: example.timestamp,
            deadline: clock.now + settings.waitMilliseconds, prediction: example.prediction, weight: example.weight,
            label: label, dense: Int32(example.input.dense.count), sparse: Int32(example.input.sparse.count),
            steps: Int32(example.input.steps), probabilities: Int32(example.probabilities.count))
        entry.idLength = Int32(clamping: id.count)
        entry.told = told
        entry.segment = Int32(clamping: example.segment)
        guard makeRoom(for: kind, byteCount: entry.byteCount) else { return false }
        var (_, cursor) = table.add(entry, id: id)
        table.memory.write(UnsafeRawBufferPointer(example.input.sparse), at: &cursor)
        table.memory.write(UnsafeRawBufferPointer(example.input.dense), at: &cursor)
        table.memory.write(UnsafeRawBufferPointer(example.probabilities), at: &cursor)
        return true
    }

    func limit(_ kind: JoinEntry.Kind) -> Int {
        switch kind {
        case .waiting: settings.pending
        case .early: settings.early
        case .answered: settings.answered
        }
    }

    /// Gives up what it takes: of the kind itself where there are too many, and where bytes are short what was answered, then
    /// the oldest of its kind, and, for a prediction, early labels. No prediction is given up for a label.
    private mutating func makeRoom(for kind: JoinEntry.Kind, byteCount: Int) -> Bool {
        guard limit(kind) > 0, table.memory.couldHold(byteCount) else { return false }
        while table.count(kind) >= limit(kind) { giveUp(table.oldest(kind)) }
        while !table.memory.hasRoom(for: byteCount) {
            var slot = table.oldest(.answered)
            if slot < 0 { slot = table.oldest(kind) }
            if slot < 0, kind == .waiting { slot = table.oldest(.early) }
            guard slot >= 0 else { return false }
            giveUp(slot)
        }
        return true
    }

    /// Forgets an entry for which there is neither room nor time.
    private mutating func giveUp(_ slot: Int32) {
        switch table[slot].kind {
        case .waiting:
            counters.evicted += 1
            estimate.expired(table[slot].prediction)
        case .early: counters.orphans += 1
        case .answered: break
        }
        table.remove(slot)
    }

    /// The wait of a prediction is over; its id is remembered.
    private mutating func answer(_ slot: Int32, _ label: Label) {
        guard settings.answered > 0 else { return table.remove(slot) }
        if table.count(.answered) >= settings.answered { giveUp(table.oldest(.answered)) }
        table[slot].label = label
        table[slot].deadline = clock.now + settings.waitMilliseconds
        table.move(slot, to: .answered)
        if !keepsAnswered || label == .absent { table.keepID(of: slot) }
    }

    mutating func load(_ slot: Int32) -> WaitingExample {
        let entry = table[slot]
        let (input, probabilities) = scratch.read(entry, from: table.memory, at: table.input(of: slot))
        return WaitingExample(
            input: input, prediction: entry.prediction, probabilities: probabilities, weight: entry.weight,
            timestamp: entry.timestamp, offset: entry.offset, segment: Int(entry.segment))
    }
}
