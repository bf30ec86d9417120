internal import ArgumentParser
internal import Foundation

struct LearnersBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learners",
        abstract: "Predict and learn a record: every kind of learner, on one thread, without decoding or a broker.",
        discussion: """
            Inputs are generated: normal deviates, or ids of which few are frequent. Each record is predicted, then learned;
            a learner that reuses what it computed for the prediction may do so, as it does in a task.

            Examples:
              millrace bench learners
              millrace bench learners --only mlp --runs 9 --json
            """)

    @Option(help: "Runs of each learner; the median counts.") var runs = 5
    @Option(help: "Seconds of CPU time a run, at least.") var seconds = 0.2
    @Option(help: "Only learners whose names have this in them.") var only: String?
    @Option(help: "Seed of the generated records.") var seed: UInt64 = 1
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        if runs < 1 { throw ValidationError("--runs is 1 or more") }
        if !(0.001...60).contains(seconds) { throw ValidationError("--seconds is 0.001 to 60") }
    }

    func run() throws {
        let cases = LearnerCase.all.filter { only.map($0.name.contains) ?? true }
        if cases.isEmpty {
            let names = Set(LearnerCase.all.map(\.name)).sorted().joined(separator: "; ")
            throw ValidationError("no learner has that in its name; there are \(names)")
        }
        var table = BenchTable(
            "learners: predict and learn, one thread, median of \(runs) runs",
            columns: [
                .init(key: "learner", title: "learner"), .init(key: "inputs", title: "inputs"),
                .init(key: "batch", title: "batch"), .init(key: "cpu_ns_a_record", title: "CPU ns a record"),
                .init(key: "cpu_ns_a_record_best", title: "best"), .init(key: "cpu_ns_a_record_worst", title: "worst"),
                .init(key: "records_a_cpu_second", title: "records a CPU s"),
            ])
        for setup in cases {
            let figures = (0..<runs).map { _ in
                var run = LearnerRun(setup, seed: seed)
                return run.measure(seconds: seconds)
            }
            table.add([
                .text(setup.name), .text(setup.shape), .number(Double(setup.batch)), .number(figures.median),
                .number(figures.min() ?? .nan), .number(figures.max() ?? .nan), .number(1e9 / figures.median),
            ])
        }
        table.print(json: json)
    }
}
