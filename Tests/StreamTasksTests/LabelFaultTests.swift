import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

/// Labels that come early, late, twice, corrected, withdrawn or never, in any order: the join against lists that are searched
/// from the front.
@Suite struct LabelFaultTests {
    static let policies = [LabelSettings.Expired.drop, .negative].flatMap { expired in
        [LabelSettings.Corrected.ignore, .learn].map { (expired, $0) }
    }

    @Test(arguments: policies)
    func `after every step the counters add up and are those of the lists`(
        expired: LabelSettings.Expired, corrected: LabelSettings.Corrected
    ) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("label faults: seed \(seed)")
        var random = SplitMix64(seed: seed)
        let settings = LabelSettings(
            waitMilliseconds: 400, pending: 40, early: 15, answered: 60, memory: 1 << 20, expired: expired,
            corrected: corrected)
        var join = LabelJoin.sample(settings)
        var lists = LabelLists(settings)
        var time: Int64 = 0
        for step in 0..<6_000 {
            time += Int64.random(in: 0...(step % 500 == 0 ? 500 : 12), using: &random)
            let id = "e-\(Int.random(in: max(0, step / 4 - 40)...step / 4 + 8, using: &random))"
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<9:
                let value = Float(step)
                let label = join.predict(id, score: 0.25, values: [value, -value], time: time)
                let expected = lists.predict(id, value: value, time: time)
                #expect(label?.label == expected.map { .classIndex($0) }, "step \(step)")
            case 9..<18:
                let label = Int.random(in: 0...1, using: &random)
                let found = join.label(id, label, time: time)
                #expect(found?.values.first == lists.label(id, label, time: time), "step \(step)")
            default:
                join.tombstone(id)
                lists.tombstone(id)
            }
            #expect(join.addsUp == true, "step \(step)")
            let estimated = join.estimate.waiting.records
            #expect(estimated == UInt64(join.pending), "step \(step)")
            #expect(join.pending == lists.count(.waiting) && join.early == lists.count(.early), "step \(step)")
            #expect(join.counters == lists.counters, "step \(step)")
            if step % 97 == 0 { join = try restored(join, settings, step) }
        }
        // After a negative every label is a second one, and 40 places are never full within 400 ms.
        let never = ["refused", "unkeyed", "evicted"] + (expired == .negative ? ["late"] : [])
        for (name, count) in join.counters.named where !never.contains(name) {
            #expect(count > 0, "no fault of this kind was met: \(name)")
        }
    }

    /// The same from a snapshot; the rest of the test goes on with it.
    private func restored(
        _ join: borrowing LabelJoin, _ settings: LabelSettings, _ step: Int
    ) throws -> LabelJoin {
        var archive = StateArchive()
        join.save(to: &archive, under: "labels")
        var other = LabelJoin.sample(settings)
        other.predict("something else", score: 1, values: [1, 1], time: 5)
        try other.restore(from: archive, under: "labels")
        var again = StateArchive()
        other.save(to: &again, under: "labels")
        let isSame = again == archive
        #expect(isSame, "step \(step)")
        return other
    }
}

/// What the join must do, done slowly.
private struct LabelLists {
    enum Kind { case waiting, early, answered }

    struct Entry {
        var id: String
        var value: Float = 0
        var label: Int?
        var deadline: Int64
        var kind: Kind
    }

    let settings: LabelSettings
    /// In the order in which they became what they are.
    private var entries: [Entry] = []
    private(set) var counters = LabelCounters()
    private var now: Int64 = 0

    init(_ settings: LabelSettings) { self.settings = settings }

    func count(_ kind: Kind) -> Int { entries.count { $0.kind == kind } }

    private mutating func pass(_ time: Int64) {
        now = max(now, time)
        let over = entries.filter { $0.deadline < now }
        entries.removeAll { $0.deadline < now }
        counters.orphans += UInt64(over.count { $0.kind == .early })
        for entry in over where entry.kind == .waiting {
            counters.expired += 1
            add(
                Entry(
                    id: entry.id, value: entry.value, label: settings.expired == .negative ? 0 : nil, deadline: 0,
                    kind: .answered))
        }
    }

    private mutating func add(_ entry: Entry) {
        var entry = entry
        entry.deadline = now + settings.waitMilliseconds
        let most =
            switch entry.kind {
            case .waiting: settings.pending
            case .early: settings.early
            case .answered: settings.answered
            }
        if count(entry.kind) == most, let oldest = entries.firstIndex(where: { $0.kind == entry.kind }) {
            entries.remove(at: oldest)
            switch entry.kind {
            case .waiting: counters.evicted += 1
            case .early: counters.orphans += 1
            case .answered: break
            }
        }
        entries.append(entry)
    }

    mutating func predict(_ id: String, value: Float, time: Int64) -> Int? {
        pass(time)
        counters.waited += 1
        var kind = Kind.waiting
        var label: Int?
        if let place = entries.firstIndex(where: { $0.id == id }) {
            let known = entries.remove(at: place)
            if known.kind == .waiting { counters.replaced += 1 }
            if known.kind == .early {
                counters.matched += 1
                (kind, label) = (.answered, known.label)
            }
        }
        add(Entry(id: id, value: value, label: label, deadline: 0, kind: kind))
        return label
    }

    /// - Returns: of which input there is something to learn.
    mutating func label(_ id: String, _ label: Int, time: Int64) -> Float? {
        pass(time)
        counters.records += 1
        guard let place = entries.firstIndex(where: { $0.id == id }) else {
            add(Entry(id: id, label: label, deadline: 0, kind: .early))
            return nil
        }
        let known = entries[place]
        if known.kind == .waiting {
            counters.matched += 1
            entries.remove(at: place)
            add(Entry(id: id, value: known.value, label: label, deadline: 0, kind: .answered))
            return known.value
        }
        guard let before = known.label else {
            counters.late += 1
            return nil
        }
        guard label != before else {
            counters.duplicates += 1
            return nil
        }
        counters.corrected += 1
        guard settings.corrected == .learn else { return nil }
        entries[place].label = label
        return known.kind == .answered ? known.value : nil
    }

    mutating func tombstone(_ id: String) {
        counters.records += 1
        counters.tombstones += 1
        guard let place = entries.firstIndex(where: { $0.id == id && $0.kind != .answered }) else { return }
        if entries.remove(at: place).kind == .waiting { counters.withdrawn += 1 } else { counters.revoked += 1 }
    }
}
