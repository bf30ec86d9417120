import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct AlertDeskTests {
    static let policy = AlertPolicy(warmUp: 10, calmWindows: 2, settledWindows: 5, coolDown: 20)

    static func desk(signals: Int = 5, mostAlerts: Int = 3) -> AlertDesk {
        AlertDesk(
            signals: [AlertDesk.Signal](repeating: AlertDesk.Signal(recordsPerLook: 10), count: signals),
            policy: policy,
            mostAlerts: mostAlerts)
    }

    static func verdict(
        evidence: Double = 100, effect: Double = 1, lossEffect: Double? = nil, values: UInt64 = 10
    ) -> SignalVerdict {
        SignalVerdict(
            evidence: evidence, effect: effect, minimumEffect: 0.5, values: values, lossEffect: lossEffect,
            histograms: HistogramPair(edges: [], reference: [1, 2], current: [3, 4]))
    }

    static func state(_ desk: borrowing AlertDesk) -> StateArchive {
        var archive = StateArchive()
        desk.save(to: &archive, under: "desk")
        return archive
    }

    static func alerts(_ notices: [AlertNotice]) -> [Alert] {
        notices.compactMap { if case .alert(let alert) = $0 { alert } else { nil } }
    }

    @Test func `one alert an episode, and a recovery that says how long and how far`() throws {
        var desk = Self.desk()
        var notices: [AlertNotice] = []
        for record in 1...40 {
            desk.advance(time: Int64(record) * 1000)
            // Calm, then changed from 20 to 29, then calm.
            let isChanged = (20..<30).contains(record)
            let effect = record == 25 ? 3.0 : 1
            desk.take(Self.verdict(evidence: isChanged ? 100 : 0, effect: isChanged ? effect : 0.1), of: 2)
            notices += desk.collect()
        }
        #expect(notices.count == 2)
        let alert = try #require(Self.alerts(notices).first)
        #expect(alert.signal == 2 && alert.record == 20 && alert.time == 20_000 && alert.since == 11)
        #expect(alert.verdict.histograms?.current == [3, 4] && alert.alongside.isEmpty)
        #expect(alert.verdict.evidence >= alert.level)
        guard case .recovery(let recovery) = notices[1] else {
            Issue.record("\(notices)")
            return
        }
        #expect(recovery.signal == 2 && recovery.record == 31 && recovery.ending == .returned)
        #expect(recovery.lasted == 11 && recovery.lastedMilliseconds == 11_000 && recovery.peakEffect == 3)
    }

    @Test func `what costs the loss most comes first, and no more than so many at once`() throws {
        var desk = Self.desk(signals: 6, mostAlerts: 2)
        for _ in 0..<10 { desk.advance(time: nil) }
        let losses: [Double?] = [nil, 0.1, 0.3, nil, 0.2, 0]
        for (signal, loss) in losses.enumerated() {
            desk.take(Self.verdict(effect: signal == 3 ? 9 : 1, lossEffect: loss), of: signal)
        }
        let alerts = Self.alerts(desk.collect())
        #expect(alerts.map(\.signal) == [2, 4])
        #expect(alerts[0].alongside == [1, 5, 3, 0])
        #expect(alerts[1].alongside.isEmpty)
        // Those without a notice are open all the same, and end without one.
        let isOpen = (0..<6).map { desk.isOpen($0) }
        #expect(isOpen.allSatisfy { $0 })
        var recovered: [Int] = []
        for _ in 0..<2 {
            desk.advance(time: nil)
            for signal in 0..<6 { desk.take(Self.verdict(evidence: 0, effect: 0), of: signal) }
            for case .recovery(let recovery) in desk.collect() { recovered.append(recovery.signal) }
        }
        #expect(recovered == [2, 4])
    }

    @Test func `of changes whose cost isn't known the larger one comes first`() {
        var desk = Self.desk()
        for _ in 0..<10 { desk.advance(time: nil) }
        for (signal, effect) in [1.0, 3, 2, 3].enumerated() { desk.take(Self.verdict(effect: effect), of: signal) }
        let found = Self.alerts(desk.collect())
        #expect(found.map(\.signal) == [1, 3, 2] && found[0].alongside == [0])
    }

    @Test func `of signals about one subject people are told once, until it is long over`() {
        let about = AlertDesk.Signal(recordsPerLook: 10, subject: 7)
        let other = AlertDesk.Signal(recordsPerLook: 10, subject: 8)
        var desk = AlertDesk(signals: [about, about, other], policy: Self.policy, mostAlerts: 1)
        var told: [[Int]] = []
        for record in 1...90 {
            desk.advance(time: nil)
            // 0 moves from 20 to 29, 1 from 25 to 34 and from 70 on, 2 from 20 on.
            let moves = [(20..<30).contains(record), (25..<35).contains(record) || record >= 70, record >= 20]
            for (signal, moves) in moves.enumerated() {
                desk.take(Self.verdict(evidence: moves ? 100 : 0, effect: moves ? Double(3 - signal) : 0.1), of: signal)
            }
            for case .alert(let alert) in desk.collect() { told.append([record, alert.signal] + alert.alongside) }
        }
        #expect(told == [[20, 0, 2], [70, 1]])
    }

    @Test func `what is made of several subjects isn't told where one of them is known to have moved`() {
        let one = AlertDesk.Signal(recordsPerLook: 10, subject: 7)
        let both = AlertDesk.Signal(recordsPerLook: 10, covers: [7, 8])
        var desk = AlertDesk(signals: [one, both], policy: Self.policy)
        var told: [[Int]] = []
        for record in 1...90 {
            desk.advance(time: nil)
            // 0 moves from 20 to 29; both of them from 25 to 34 and from 70 on.
            let moves = [(20..<30).contains(record), (25..<35).contains(record) || record >= 70]
            for (signal, moves) in moves.enumerated() {
                desk.take(Self.verdict(evidence: moves ? 100 : 0, effect: moves ? 3 : 0.1), of: signal)
            }
            for case .alert(let alert) in desk.collect() { told.append([record, alert.signal]) }
        }
        #expect(told == [[20, 0], [70, 1]])
    }

    @Test func `what leads comes first whatever it costs`() {
        var desk = AlertDesk(
            signals: [AlertDesk.Signal(), AlertDesk.Signal(leads: true)], policy: Self.policy, mostAlerts: 1)
        for _ in 0..<10 { desk.advance(time: nil) }
        desk.take(Self.verdict(lossEffect: 9), of: 0)
        desk.take(Self.verdict(), of: 1)
        let found = Self.alerts(desk.collect())
        #expect(found.map(\.signal) == [1] && found[0].alongside == [0])
    }

    @Test func `evidence below the level raises nothing, and the level is that of the budget`() {
        var desk = Self.desk()
        for _ in 0..<10 { desk.advance(time: nil) }
        let level = desk.levels[0]
        desk.take(Self.verdict(evidence: level.nextDown), of: 0)
        let early = desk.hasNews
        #expect(!early)
        desk.take(Self.verdict(evidence: level), of: 0)
        let due = desk.hasNews
        #expect(due)
        // The next one is cheaper.
        let next = desk.levels[1]
        #expect(next < level)
    }

    @Test func `a difference that chance explains is none, however large`() {
        var desk = Self.desk()
        var recovered: [UInt64] = []
        for record in 1...30 {
            desk.advance(time: nil)
            var verdict = Self.verdict(evidence: record < 20 ? 100 : -1, effect: 3)
            verdict.pValue = record < 20 ? 1e-9 : 0.06
            desk.take(verdict, of: 0)
            for case .recovery(let recovery) in desk.collect() { recovered.append(recovery.record) }
        }
        #expect(recovered == [21])
    }

    @Test func `a signal's weight is its share of the budget`() {
        var desk = AlertDesk(signals: [AlertDesk.Signal(weight: 3), AlertDesk.Signal()])
        desk.advance(time: nil)
        let (heavy, light) = (desk.levels[0], desk.levels[1])
        let budget = FalseAlarmBudgetTests.advanced(1)
        #expect(abs(heavy - budget.level(share: 0.75, recordsPerLook: 1)) < 1e-12)
        #expect(abs(light - budget.level(share: 0.25, recordsPerLook: 1)) < 1e-12)
    }

    @Test func `a restored desk goes on as if it had never stopped`() throws {
        var generator = RecipeStream(seed: 1, stream: 9)
        let script = (0..<400).map { index -> (Int, SignalVerdict) in
            let isChanged = (index / 60) % 2 == 1
            return (
                index % 5,
                Self.verdict(
                    evidence: isChanged ? 8 + 10 * generator.uniform() : 0,
                    effect: isChanged ? generator.uniform() * 2 : 0)
            )
        }
        func play(_ desk: inout AlertDesk, _ range: Range<Int>) -> [AlertNotice] {
            range.flatMap { index in
                desk.advance(time: Int64(index) * 40_000_000)
                desk.take(script[index].1, of: script[index].0)
                return desk.collect()
            }
        }
        for cut in [0, 1, 63, 75, 130, 200] {
            var desk = Self.desk()
            _ = play(&desk, 0..<cut)
            let saved = Self.state(desk)
            var restored = Self.desk()
            _ = play(&restored, 50..<170)
            try restored.restore(from: saved, under: "desk")
            #expect(Self.state(restored) == saved)
            let (one, other) = (play(&desk, cut..<400), play(&restored, cut..<400))
            #expect(one == other && one.count > 2, "cut \(cut)")
        }
    }

    @Test func `a state that can't be is refused and changes nothing`() {
        var desk = Self.desk()
        for _ in 0..<15 { desk.advance(time: 7) }
        let saved = Self.state(desk)
        for (name, counters) in [
            ("desk/now", [UInt64.max, 0, 0]), ("desk/now", [1, 2, 0]), ("desk/3/opened", [2, 0, 0]),
            ("desk/4/phase", [9, 0, 0, 0]), ("desk/budget/counters", [3, 0, 0, 0, 0, 0]),
        ] {
            var archive = saved
            archive.put(name, counters: counters)
            #expect(throws: StateError.self, "\(name)") { try desk.restore(from: archive, under: "desk") }
            #expect(Self.state(desk) == saved)
        }
    }

    @Test func `a record and a calm verdict allocate nothing`() {
        var desk = Self.desk()
        let verdict = SignalVerdict(evidence: 0, effect: 0, minimumEffect: 1, values: 1)
        func allocations() -> Int {
            countAllocations {
                for index in 0..<1000 {
                    desk.advance(time: Int64(index) * 1_000_000)
                    for signal in 0..<5 { desk.take(verdict, of: signal) }
                }
            }
        }
        _ = allocations()
        #expect(allocations() == 0)
    }
}
