internal import ArgumentParser
internal import Foundation
internal import Telemetry

struct LatencyBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency",
        abstract: "From a record's send time to its prediction at a consumer, at a fixed rate, next to a pass-through.",
        discussion: """
            Open loop: a record's age counts from the nanosecond at which it was due to be sent, whether or not the
            producer was on time, so nothing is omitted where something stalls. That time travels as the record's key,
            which both sides pass on; Kafka's own timestamps know milliseconds only.

            The sides run in turn: pass-through, millrace, pass-through. linger.ms is 0 for all clients. The first two
            seconds of each don't count. The embedded broker answers a waiting fetch only every 10 ms, which both sides
            wait for twice; a real one answers at once.

            Examples:
              millrace bench latency
              millrace bench latency --brokers localhost:9092 --rate 2000 --seconds 30
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Records a second.")
    var rate = 2_000.0

    @Option(help: "Seconds that count, for each side.")
    var seconds = 10.0

    @Option(help: "Rounds of pass-through, millrace, pass-through; medians count.")
    var rounds = 5

    func validate() throws {
        if rate < 1 || rate > 1_000_000 || seconds < 1 || rounds < 1 {
            throw ValidationError("--rate is 1 to 1,000,000, --seconds and --rounds 1 or more")
        }
    }

    func run() throws {
        let properties = ["linger.ms": "0"].merging(try options.properties()) { $1 }
        var report = LatencyReport()
        for round in 1...rounds {
            var run: [LatencyHistogram] = []
            for kind in [SideKind.passThrough, .millrace, .passThrough] {
                Output.note("round \(round) of \(rounds): \(kind.rawValue)")
                let setup = try BenchSetup(
                    brokers: options.brokers, partitions: 1, properties: properties, suffix: "-\(round)-\(run.count)")
                defer { setup.tearDown() }
                run.append(try measure(kind, setup))
            }
            report.rounds.append(run)
        }
        report.table(
            "latency: \(options.brokers.map { "broker \($0)" } ?? "embedded broker"), \(Int(rate).grouped) records/s, open loop,"
                + " medians of \(rounds) rounds of \(Int(seconds)) s a side, in milliseconds"
        ).print(json: options.json)
    }

    private func measure(_ kind: SideKind, _ setup: BenchSetup) throws -> LatencyHistogram {
        let side = try SideProcess(kind, setup: setup)
        defer { side.stop() }
        try side.waitUntilReady()
        let probe = try LatencyProbe(setup, rate: rate, seconds: seconds)
        return try probe.run()
    }
}
