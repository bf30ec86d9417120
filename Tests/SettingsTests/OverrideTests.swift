import Records
import Testing

import Settings

struct OverrideTests {
    @Test func `a value of the command line stands over the file's`() throws {
        let settings = try PipelineSettings.parse(
            least + "commit: {interval: 1s, records: 5}\n",
            overrides: [
                ("commit.interval", "2s"), ("workers", "4"), ("workers", "5"), ("kafka.client.id", "me"),
                ("kafka.bootstrap.servers", "b:1"), ("target.classes", "[A, B]"),
            ])
        #expect(settings.commit == CommitSettings(intervalMilliseconds: 2000, records: 5))
        #expect(settings.workers == 5)
        #expect(settings.kafka["client.id"] == "me")
        #expect(settings.kafka["bootstrap.servers"] == "b:1")
        #expect(settings.target == .binary(classes: [.text("A"), .text("B")]))
    }

    @Test func `what is wrong with one is said of the option, not of a line`() {
        #expect(
            errors(least, overrides: [("workers", "many")]) == [
                "--set: workers: found `many`; allowed: a whole number, 1 to 1024; write for example `workers: 1`"
            ])
        #expect(errors(least, overrides: [("wrokers", "1")])[0].hasPrefix("--set: wrokers: is no setting"))
        #expect(errors(least, overrides: [("workers", "[")])[0].hasPrefix("--set: workers: isn't YAML"))
    }
}
