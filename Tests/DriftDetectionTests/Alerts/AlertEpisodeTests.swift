import DriftDetection
import Records
import Testing

@Suite struct AlertEpisodeTests {
    typealias Event = AlertEpisode.Event

    let policy = AlertPolicy(warmUp: 100, closingShare: 0.5, calmWindows: 2, settledWindows: 3, coolDown: 50)

    /// An episode that was opened at record 100.
    func opened(effect: Double = 2) -> AlertEpisode {
        var episode = AlertEpisode(policy)
        _ = episode.take(Event(record: 100, isEnough: true, effect: effect), policy)
        return episode
    }

    @Test func `nothing is raised while warming up`() {
        var episode = AlertEpisode(policy)
        let early = episode.take(Event(record: 99, isEnough: true, effect: 9), policy)
        #expect(early == .none && !episode.isOpen)
        let due = episode.take(Event(record: 100, isEnough: true, effect: 9), policy)
        #expect(due == .open && episode.isOpen)
    }

    @Test func `evidence without effect and effect without evidence raise nothing`() {
        var episode = AlertEpisode(policy)
        for event in [
            Event(record: 200, isEnough: true, effect: 0.99), Event(record: 300, isEnough: false, effect: 50),
        ] {
            let action = episode.take(event, policy)
            #expect(action == .none)
        }
        #expect(episode.phase == .quiet)
    }

    @Test func `an open episode raises nothing again`() {
        var episode = opened()
        for record in 101..<200 {
            let action = episode.take(Event(record: UInt64(record), isEnough: true, effect: 3), policy)
            #expect(action == .none)
        }
        #expect(episode.isOpen)
    }

    @Test func `it closes only after so many windows below the lower threshold, one after the other`() {
        var episode = opened()
        let effects = [0.6, 0.4, 0.7, 0.4, 0.49]
        let actions = effects.enumerated().map { index, effect in
            episode.take(Event(record: UInt64(110 + index), isEnough: false, effect: effect), policy)
        }
        #expect(actions == [.none, .none, .none, .none, .recover(.returned, lasted: 14, peak: 2)])
        #expect(episode.phase == .coolingDown(until: 164))
    }

    @Test func `what isn't a window's end closes nothing but counts for the peak`() {
        var episode = opened()
        for record in 101..<110 {
            _ = episode.take(Event(record: UInt64(record), isEnough: false, effect: 0, endsWindow: false), policy)
        }
        _ = episode.take(Event(record: 110, isEnough: true, effect: 7, endsWindow: false), policy)
        _ = episode.take(Event(record: 111, isEnough: false, effect: 0), policy)
        let action = episode.take(Event(record: 112, isEnough: false, effect: 0), policy)
        #expect(action == .recover(.returned, lasted: 12, peak: 7))
    }

    @Test func `a level that stays becomes the rule`() {
        var episode = opened()
        var actions: [AlertEpisode.Action] = []
        for (index, hasSettled) in [true, true, false, true, true, true].enumerated() {
            let event = Event(record: UInt64(110 + index), isEnough: false, effect: 2, hasSettled: hasSettled)
            actions.append(episode.take(event, policy))
        }
        #expect(actions.dropLast().allSatisfy { $0 == .none })
        #expect(actions.last == .recover(.settled, lasted: 15, peak: 2))
    }

    @Test func `nothing is raised while cooling down, and a new episode after`() {
        var episode = opened()
        for record in [101, 102] as [UInt64] {
            _ = episode.take(Event(record: record, isEnough: false, effect: 0), policy)
        }
        let early = episode.take(Event(record: 151, isEnough: true, effect: 5), policy)
        #expect(early == .none)
        let due = episode.take(Event(record: 152, isEnough: true, effect: 5), policy)
        #expect(due == .open)
    }

    @Test func `every phase is restored as it was`() throws {
        var warming = AlertEpisode(policy)
        var cooling = opened()
        for record in [101, 102] as [UInt64] {
            _ = cooling.take(Event(record: record, isEnough: false, effect: 0), policy)
        }
        var quiet = AlertEpisode(policy)
        _ = quiet.take(Event(record: 1000, isEnough: false, effect: 0), policy)
        for episode in [warming, quiet, opened(effect: 3.25), cooling] {
            var archive = StateArchive()
            episode.save(to: &archive, under: "e")
            var restored = opened(effect: 9)
            try restored.restore(from: archive, under: "e")
            #expect(restored == episode)
        }
        var archive = StateArchive()
        warming.save(to: &archive, under: "e")
        archive.put("e/phase", counters: [4, 0, 0, 0])
        #expect(throws: StateError.impossible(name: "e/phase", reason: "there is no phase 4")) {
            try warming.restore(from: archive, under: "e")
        }
        archive.put("e/phase", counters: [2, 0, .max, 0])
        #expect(throws: StateError.self) { try warming.restore(from: archive, under: "e") }
    }
}
