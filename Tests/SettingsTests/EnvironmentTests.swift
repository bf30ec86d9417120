import Testing

import Settings

struct EnvironmentTests {
    @Test func `a reference becomes the variable's value or its default`() throws {
        let text = least + "workers: ${WORKERS}\nseed: ${SEED:-7}\nsnapshots.directory: \"${ROOT:-/var}/${PART}\"\n"
        let settings = try PipelineSettings.parse(text, environment: ["WORKERS": "3", "PART": "a", "ROOT": ""])
        #expect(settings.workers == 3)
        #expect(settings.seed == 7)
        #expect(settings.snapshots.directory == "/var/a")
    }

    @Test func `a missing variable is named, with its line`() {
        #expect(
            errors(least + "workers: ${WORKERS}\n").first
                == "m.yaml:8:10: workers: the environment has no `WORKERS`; set it, or write `${WORKERS:-DEFAULT}`")
    }

    @Test(arguments: [
        ("a${A}b", "a1b"), ("$${A}", "${A}"), ("${A}${A}", "11"), ("${B:-}", ""), ("${B:-x:-y}", "x:-y"), ("$A", "$A"),
        ("${C}", "${A}"), ("plain", "plain"),
    ])
    func `references are put in once`(_ text: String, _ expected: String) throws {
        #expect(try EnvironmentText.expand(text, ["A": "1", "C": "${A}"]) == expected)
    }

    @Test(arguments: [
        ("${A", EnvironmentText.Failure.unfinished), ("${1A}", .badName("1A")), ("${}", .badName("")),
        ("${A B}", .badName("A B")), ("${NO}", .missing(name: "NO")),
    ])
    func `a reference that can't be is refused`(_ text: String, _ expected: EnvironmentText.Failure) {
        #expect(throws: expected) { try EnvironmentText.expand(text, ["A": "1"]) }
    }
}
