import DriftDetection
import Records
import TestSupport
import Testing

/// Signals and the desk together, as a task has them.
@Suite struct SignalWatchTests {
    /// All notices about one scalar signal, with the desk's defaults but for the policy.
    static func notices(
        _ values: [Double], policy: AlertPolicy = AlertPolicy(), watch: ScalarWatch = ScalarWatch(window: 500)
    ) -> [AlertNotice] {
        var watch = watch
        var desk = AlertDesk(signals: [AlertDesk.Signal()], policy: policy)
        return values.flatMap { value in
            desk.advance(time: nil)
            let isDue = watch.observe(value)
            if isDue || watch.evidence >= desk.levels[0] {
                let action = desk.take(watch.verdict, of: 0)
                watch.heed(action)
            }
            return desk.hasNews ? desk.collect() : []
        }
    }

    static func noise(_ seed: Int, _ count: Int, level: (Int) -> Double) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: 21)
        return (0..<count).map { generator.nearlyGaussian(mean: level($0)) }
    }

    @Test func `a level that goes and comes back is one alert and one recovery`() throws {
        let found = Self.notices(Self.noise(1, 30_000) { (10_000..<15_000).contains($0) ? 1 : 0 })
        #expect(found.count == 2, "\(found)")
        guard case .alert(let alert) = found.first, case .recovery(let recovery) = found.last else {
            Issue.record("\(found)")
            return
        }
        #expect((10_010..<10_100).contains(alert.record))
        #expect(abs(Int(alert.since) - 10_001) < 20)
        #expect(abs(try #require(alert.verdict.shift).after - 1) < 0.5)
        #expect(recovery.ending == .returned && (15_000..<18_000).contains(recovery.record))
        #expect(abs(recovery.peakEffect - 1) < 0.5)
    }

    @Test func `a level that stays becomes the rule, and the next change is an alert again`() {
        let found = Self.notices(Self.noise(2, 60_000) { $0 < 10_000 ? 0 : $0 < 50_000 ? 1 : 2 })
        guard found.count == 3, case .alert = found[0], case .recovery(let recovery) = found[1],
            case .alert(let second) = found[2]
        else {
            Issue.record("\(found)")
            return
        }
        #expect(recovery.ending == .settled)
        #expect((50_000..<50_200).contains(second.record))
    }

    @Test func `the errors of a model on the electricity stream bring a handful of alerts at most`() throws {
        for vectors in try DriftVectors.all() {
            let alerts = AlertDeskTests.alerts(Self.notices(try vectors.electricityErrors()))
            #expect(alerts.count <= 3, "\(alerts.map(\.record))")
        }
    }

    @Test func `a signal that jumps about without end doesn't storm`() {
        // Fifty changes of the mean in 100,000 records.
        let found = Self.notices(Self.noise(3, 100_000) { ($0 / 2000) % 2 == 0 ? 0 : 1.5 })
        #expect(!AlertDeskTests.alerts(found).isEmpty)
        #expect(AlertDeskTests.alerts(found).count <= 5, "\(found.count)")
    }

    @Test func `forty signals that stand still stay within one budget, and one that moves is still found`() {
        var generator = RecipeStream(seed: 7, stream: 21)
        var watches = [ScalarWatch](repeating: ScalarWatch(), count: 40)
        var desk = AlertDesk(signals: [AlertDesk.Signal](repeating: AlertDesk.Signal(), count: 40))
        var found: [(signal: Int, record: UInt64)] = []
        for index in 0..<30_000 {
            desk.advance(time: Int64(index) * 1000)
            for signal in watches.indices {
                let share = signal == 17 && index >= 25_000 ? 0.5 : 0.2
                let isDue = watches[signal].observe(generator.uniform() < share ? 1 : 0)
                guard isDue || watches[signal].evidence >= desk.levels[signal] else { continue }
                var verdict = watches[signal].verdict
                verdict.lossEffect = verdict.shift?.change
                let action = desk.take(verdict, of: signal)
                watches[signal].heed(action)
            }
            for alert in AlertDeskTests.alerts(desk.collect()) {
                found.append((alert.signal, alert.record))
                #expect(abs((alert.verdict.lossEffect ?? 0) - 0.3) < 0.15)
            }
        }
        #expect(
            found.count == 1 && found.allSatisfy { $0.signal == 17 && (25_000..<25_200).contains($0.record) },
            "\(found)")
    }

    @Test func `a score's tail is watched where its mean says nothing`() throws {
        var watch = ExceedanceWatch()
        var generator = RecipeStream(seed: 4, stream: 21)
        var report: Int?
        for index in 0..<20_000 {
            // One score in ten becomes twice as high.
            let factor = index >= 10_000 && generator.uniform() < 0.1 ? 3.0 : 1
            _ = watch.observe(generator.nearlyGaussian(mean: 0).magnitude * factor)
            if report == nil && watch.evidence > 14 { report = index }
        }
        #expect((10_000..<12_000).contains(report ?? 0), "\(report ?? -1)")
        let limit = watch.limit
        // The 95 % quantile of the magnitude of a normal value.
        #expect(abs(try #require(limit) - 1.96) < 0.15)
    }

    @Test(arguments: [100, 999, 1000, 1001, 9_000, 10_400, 12_000])
    func `watches restored in the middle of an episode go on as if they had never stopped`(after count: Int) throws {
        let values = Self.noise(5, 14_000) { $0 < 10_000 ? 0 : 2 }.map(\.magnitude)
        func step(_ value: Double, _ scalar: inout ScalarWatch, _ tail: inout ExceedanceWatch) {
            _ = scalar.observe(value)
            if scalar.evidence > 14 { scalar.heed(.open) }
            _ = tail.observe(value)
        }
        func state(_ scalar: ScalarWatch, _ tail: borrowing ExceedanceWatch) -> StateArchive {
            var archive = StateArchive()
            scalar.save(to: &archive, under: "s")
            tail.save(to: &archive, under: "t")
            return archive
        }
        var (scalar, restoredScalar) = (ScalarWatch(window: 300), ScalarWatch(window: 300))
        var tail = ExceedanceWatch()
        var restoredTail = ExceedanceWatch()
        for value in values.prefix(count) { step(value, &scalar, &tail) }
        for value in values.suffix(3000) { step(value, &restoredScalar, &restoredTail) }
        let saved = state(scalar, tail)
        try restoredScalar.restore(from: saved, under: "s")
        try restoredTail.restore(from: saved, under: "t")
        let again = state(restoredScalar, restoredTail)
        #expect(again == saved)
        for value in values.dropFirst(count) {
            step(value, &scalar, &tail)
            step(value, &restoredScalar, &restoredTail)
        }
        #expect(restoredScalar.verdict == scalar.verdict)
        #expect(state(restoredScalar, restoredTail) == state(scalar, tail))
    }

    @Test func `states that can't be are refused`() {
        var scalar = ScalarWatch(window: 300)
        var archive = StateArchive()
        scalar.save(to: &archive, under: "s")
        for (name, spoil) in [
            ("s/baseline", { (archive: inout StateArchive) in archive.put("s/baseline", doubles: [0, 0]) }),
            ("s/window/count", { $0.put("s/window/count", counters: [301]) }),
        ] {
            var spoiled = archive
            spoil(&spoiled)
            let error = #expect(throws: StateError.self) { try scalar.restore(from: spoiled, under: "s") }
            #expect(error.map { String(describing: $0).contains(name) } == true)
        }
        var tail = ExceedanceWatch(reference: 100)
        var scores = StateArchive()
        tail.save(to: &scores, under: "t")
        for scoresOfReference in [[Double](repeating: 1, count: 101), [.nan], (0..<100).map { Double(-$0) }] {
            scores.put("t/reference", doubles: scoresOfReference)
            #expect(throws: StateError.self) { try tail.restore(from: scores, under: "t") }
        }
    }

    @Test func `a value allocates nothing`() {
        let values = Self.noise(6, 4000) { $0 < 2000 ? 0 : 2 }
        var ends = 0
        func allocations() -> Int {
            var scalar = ScalarWatch(window: 300)
            var tail = ExceedanceWatch()
            return values.withUnsafeBufferPointer { values in
                countAllocations {
                    for value in values {
                        if scalar.observe(value) || scalar.evidence > 14 { ends += scalar.verdict.endsWindow ? 1 : 0 }
                        if tail.observe(value) { ends += 1 }
                    }
                }
            }
        }
        _ = allocations()
        #expect(allocations() == 0)
        #expect(ends > 20)
    }
}
