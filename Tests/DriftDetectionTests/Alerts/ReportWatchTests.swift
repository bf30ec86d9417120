import DriftDetection
import Records
import TestSupport
import Testing

/// ADWIN through the desk.
@Suite struct ReportWatchTests {
    static func notices(_ values: [Double], falseAlarmRate: Double = 1e-7, signals: Int = 1) -> [AlertNotice] {
        var detector = ADWIN()
        var watch = ReportWatch(falseAlarmRate: falseAlarmRate, window: 500)
        var desk = AlertDesk(signals: [AlertDesk.Signal](repeating: AlertDesk.Signal(), count: signals))
        return values.flatMap { value in
            desk.advance(time: nil)
            let isDue = watch.observe(value, isReported: detector.update(value))
            if isDue || watch.evidence >= desk.levels[0] {
                let action = desk.take(watch.verdict, of: 0)
                watch.heed(action)
            }
            return desk.hasNews ? desk.collect() : []
        }
    }

    @Test func `a report of a large change is one alert, and its end one recovery`() throws {
        let found = Self.notices(SignalWatchTests.noise(1, 30_000) { (10_000..<16_000).contains($0) ? 1 : 0 })
        guard found.count == 2, case .alert(let alert) = found[0], case .recovery(let recovery) = found[1] else {
            Issue.record("\(found)")
            return
        }
        #expect((10_010..<10_200).contains(alert.record))
        let shift = try #require(alert.verdict.shift)
        #expect(abs(shift.before) < 0.1 && abs(shift.deviation - 1) < 0.1 && shift.after > 0.5, "\(shift)")
        #expect(recovery.ending == .returned && (16_000..<19_000).contains(recovery.record))
    }

    @Test func `a level that stays becomes the rule`() {
        let found = Self.notices(SignalWatchTests.noise(2, 30_000) { $0 < 10_000 ? 0 : 1 })
        guard found.count == 2, case .recovery(let recovery) = found[1] else {
            Issue.record("\(found)")
            return
        }
        #expect(recovery.ending == .settled)
    }

    @Test func `a detector that errs more often than its share allows raises no alert by itself`() {
        let values = SignalWatchTests.noise(3, 20_000) { $0 < 10_000 ? 0 : 1 }
        #expect(Self.notices(values, falseAlarmRate: 1e-5).isEmpty)
        #expect(Self.notices(values, falseAlarmRate: 1e-6, signals: 100).isEmpty)
        #expect(!Self.notices(values, falseAlarmRate: 1e-8, signals: 10).isEmpty)
    }

    @Test func `the electricity errors, in which river's ADWIN finds 52 changes, bring far fewer alerts`() throws {
        for vectors in try DriftVectors.all() {
            let errors = try vectors.electricityErrors()
            let rivers = DetectorConfiguration(kind: .adwin) { $0.adwin = ADWINConfiguration() }
            #expect(detections(rivers, errors).count == 52)
            let alerts = AlertDeskTests.alerts(Self.notices(errors))
            #expect((1...8).contains(alerts.count), "\(alerts.map(\.record))")
        }
    }

    @Test(arguments: [0, 1, 500, 700, 1000, 1100])
    func `a restored watch goes on as if it had never stopped`(after count: Int) throws {
        let values = SignalWatchTests.noise(4, 1500) { $0 < 900 ? 0 : 2 }
        func step(_ index: Int, _ watch: inout ReportWatch) {
            _ = watch.observe(values[index], isReported: index % 333 == 332)
            if index == 998 { watch.heed(.open) }
        }
        var (watch, restored) = (
            ReportWatch(falseAlarmRate: 1e-7, window: 200), ReportWatch(falseAlarmRate: 1e-7, window: 200)
        )
        for index in 0..<count { step(index, &watch) }
        for index in 900..<1450 { step(index, &restored) }
        var archive = StateArchive()
        watch.save(to: &archive, under: "r")
        try restored.restore(from: archive, under: "r")
        var again = StateArchive()
        restored.save(to: &again, under: "r")
        #expect(again == archive)
        for index in count..<1500 {
            step(index, &watch)
            step(index, &restored)
            #expect(restored.verdict == watch.verdict)
        }
        archive.put("r/baseline", doubles: [1, -1])
        #expect(throws: StateError.self) { try restored.restore(from: archive, under: "r") }
    }
}
