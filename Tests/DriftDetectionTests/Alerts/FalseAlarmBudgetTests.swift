import DriftDetection
import Foundation
import Records
import Testing

@Suite struct FalseAlarmBudgetTests {
    static let day: Int64 = 86_400_000

    static func advanced(_ records: Int, from budget: FalseAlarmBudget = FalseAlarmBudget(), time: Int64? = nil)
        -> FalseAlarmBudget
    {
        var budget = budget
        for _ in 0..<records { _ = budget.advance(time: time) }
        return budget
    }

    @Test func `one signal that runs on needs a day's records over the budget`() {
        let budget = Self.advanced(1)
        #expect(abs(budget.level(share: 1, recordsPerLook: 1) - log(100_000 / 0.1)) < 1e-12)
        // That is the e-detector's own threshold.
        #expect(abs(budget.level(share: 1, recordsPerLook: 1) - EDetector().threshold) < 1e-12)
    }

    @Test func `many signals need more, few looks a day need less`() {
        let budget = Self.advanced(1)
        let alone = budget.level(share: 1, recordsPerLook: 1)
        #expect(abs(budget.level(share: 0.01, recordsPerLook: 1) - alone - log(100)) < 1e-12)
        #expect(abs(alone - budget.level(share: 1, recordsPerLook: 1000) - log(1000)) < 1e-12)
        // A window longer than the day is one look at least.
        #expect(budget.level(share: 1, recordsPerLook: 1_000_000) == log(10))
    }

    @Test func `each alert of a day makes the next one cheaper, and a new day starts anew`() {
        var budget = Self.advanced(10, time: 5)
        let first = budget.level(share: 1, recordsPerLook: 1)
        budget.alertRaised()
        #expect(abs(first - budget.level(share: 1, recordsPerLook: 1) - log(2)) < 1e-12)
        _ = budget.advance(time: Self.day - 1)
        #expect(budget.alertsOfDay == 1)
        let isNew = budget.advance(time: Self.day)
        #expect(isNew && budget.alertsOfDay == 0)
        #expect(budget.level(share: 1, recordsPerLook: 1) == first)
    }

    @Test func `a late record doesn't bring a day back`() {
        var budget = Self.advanced(1, time: 3 * Self.day)
        budget.alertRaised()
        for late in [Self.day, 0, -Self.day] { _ = budget.advance(time: late) }
        #expect(budget.alertsOfDay == 1)
    }

    @Test func `without event time a day is so many records`() {
        let configuration = FalseAlarmBudget.Configuration(recordsPerDay: 10)
        var budget = Self.advanced(10, from: FalseAlarmBudget(configuration))
        budget.alertRaised()
        let isNew = budget.advance(time: nil)
        #expect(isNew && budget.alertsOfDay == 0)
    }

    @Test func `a busier day asks for more evidence, and so does the day after it`() {
        let configuration = FalseAlarmBudget.Configuration(recordsPerDay: 1000)
        var budget = Self.advanced(5000, from: FalseAlarmBudget(configuration), time: 0)
        #expect(abs(budget.level(share: 1, recordsPerLook: 1) - log(8192 / 0.1)) < 1e-12)
        _ = budget.advance(time: Self.day)
        #expect(abs(budget.level(share: 1, recordsPerLook: 1) - log(5000 / 0.1)) < 1e-12)
    }

    @Test func `a restored budget asks for the same`() throws {
        var budget = Self.advanced(5000, time: -Self.day)
        budget.alertRaised()
        var archive = StateArchive()
        budget.save(to: &archive, under: "b")
        var restored = FalseAlarmBudget()
        try restored.restore(from: archive, under: "b")
        #expect(restored.level(share: 1, recordsPerLook: 1) == budget.level(share: 1, recordsPerLook: 1))
        var again = StateArchive()
        restored.save(to: &again, under: "b")
        #expect(again == archive)
        for counters: [UInt64] in [
            [2, 0, 0, 0, 0, 0], [1, 0, 5, 6, 0, 0], [1, 0, .max, 0, 0, 0], [1, 0, 5, 0, 6, 0],
        ] {
            archive.put("b/counters", counters: counters)
            #expect(throws: StateError.self) { try restored.restore(from: archive, under: "b") }
        }
    }

    @Test func `a chance becomes evidence whose mean under chance is at most 1`() {
        #expect(abs(Evidence.ofChance(1) + log(2)) < 1e-3)
        #expect(
            abs(exp(Evidence.ofChance(1e-6)) - (1 - 1e-6 * (1 + 6 * log(10.0))) / (1e-6 * pow(6 * log(10.0), 2))) < 1e-6
        )
        #expect(Evidence.ofChance(0) == Evidence.ofChance(1e-300) && Evidence.ofChance(0).isFinite)
        // The integral over (0, 1), by logarithmic steps; what lies below e^-690 is missing, 1 / 690.
        let step = 0.001
        let total = (0..<690_000).reduce(0.0) { sum, index in
            let chance = exp(-(Double(index) + 0.5) * step)
            return sum + exp(Evidence.ofChance(chance)) * chance * step
        }
        #expect(total <= 1 && total > 0.99, "\(total)")
        #expect(abs(Evidence.ofReport(falseAlarmRate: 1e-6) - 6 * log(10.0)) < 1e-12)
    }
}
