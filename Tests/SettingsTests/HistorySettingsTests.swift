import OnlineLearning
import Settings
import Testing

@Suite struct HistorySettingsTests {
    private static let usual = "[{name: a}, {name: b}, {name: who, kind: category, values: [x, y]}]"

    private func settings(_ history: String, features: String = usual) throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: p
            kafka: {bootstrap.servers: "localhost:9092"}
            features: \(features)
            \(history)
            target: {kind: regression}
            model: {kind: lstm}
            """)
    }

    private func messages(_ history: String, features: String? = nil) -> String {
        do {
            _ = try features.map { try settings(history, features: $0) } ?? settings(history)
            return ""
        } catch { return "\(error)" }
    }

    @Test func `a history has the record's key and sixteen steps where nothing else is said`() throws {
        let history = try settings("history: {features: [b, a]}").history
        #expect(history == HistoryConfiguration(features: ["b", "a"], steps: 16, keys: 10_000))
        #expect(try settings("").history == nil)
        #expect(try settings("history: {features: [a], by: who}").history?.category == "who")
    }

    @Test func `a snapshot without it doesn't fit a pipeline with it`() throws {
        let with = try settings("history: {features: [a], steps: 4}")
        #expect(try with.changedKeys(against: settings("").digestFields).contains("history.features"))
    }

    @Test(arguments: [
        ("history: {features: [aa]}", "did you mean `a`?"), ("history: {features: [who]}", "no declared number"),
        ("history: {features: [a, a]}", "twice"), ("history: {steps: 3}", "isn't given"),
        ("history: {features: [a], by: b}", "no declared category"),
        ("history: {features: [a], keys: 10000000, steps: 4096}", "4 GiB"),
        ("history: {features: [a]}\nselection: {kind: variance}", "stands beside a sequence"),
        ("history: {features: [a], step: 3}", "did you mean"),
    ])
    func `what can't be is refused with what to do`(_ history: String, _ expected: String) {
        #expect(messages(history).contains(expected), "\(messages(history))")
    }

    @Test func `there is one sequence`() {
        let text = messages(
            "history: {features: [a]}", features: "[{name: a}, {name: s, kind: sequence, length: 2, steps: 3}]")
        #expect(text.contains("is a sequence already"))
    }
}
