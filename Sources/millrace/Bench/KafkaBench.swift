internal import ArgumentParser
internal import Foundation
internal import Settings

struct KafkaBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kafka",
        abstract: "Consume, process and produce, against a pass-through with the same clients, properties and threads.",
        discussion: """
            The sides run in turn, each in a process of its own, over the same records; the pass-through runs twice a
            round, so that its second turn shows what the machine's noise is. What counts is the time from a fifth of
            the records to the last: starting and joining the group don't.

            The embedded broker keeps about 5 MB a partition: 60,000 records a partition are safe there.

            Examples:
              millrace bench kafka
              millrace bench kafka --rounds 9 --json
              millrace bench kafka --delivery exactly-once --round-trip 2
              millrace bench kafka --brokers localhost:9092 --records 2000000 --partitions 4
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Records that each side reads.")
    var records = 480_000

    @Option(help: "Partitions of the topics.")
    var partitions = 8

    @Option(help: "Rounds over all sides; medians count.")
    var rounds = 5

    @Option(help: "exactly-once compares with at-least-once, and with a pass-through of one transactional producer.")
    var delivery = Delivery.atLeastOnce

    @Option(help: "Milliseconds that the embedded broker takes for an answer; 0 for at once.")
    var roundTrip = 0

    func validate() throws {
        if roundTrip < 0 || roundTrip > 0 && options.brokers != nil {
            throw ValidationError("--round-trip is for the embedded broker, in milliseconds")
        }
        if records < 1_000 || partitions < 1 || rounds < 1 {
            throw ValidationError("--records is 1,000 or more, --partitions and --rounds 1 or more")
        }
    }

    func run() throws {
        let setup = try BenchSetup(
            brokers: options.brokers, partitions: partitions, properties: try options.properties())
        defer { setup.tearDown() }
        try setup.fill(records)
        try setup.broker.setRoundTrip(milliseconds: roundTrip)
        let comparison: KafkaComparison = delivery == .exactlyOnce ? .transactions : .passThrough
        var runs: [[SideRun]] = []
        for round in 1...rounds {
            Output.note("round \(round) of \(rounds)")
            runs.append(try comparison.sides.map { try measure($0, setup) })
        }
        let what = "\(setup.broker.name)\(roundTrip > 0 ? " with a round trip of \(roundTrip) ms" : "")"
        comparison.table(
            runs,
            title: "kafka: \(what), \(records.grouped) records in \(partitions) partitions, medians of \(rounds) rounds"
        ).print(json: options.json)
    }

    private func measure(_ kind: SideKind, _ setup: BenchSetup) throws -> SideRun {
        let side = try SideProcess(kind, setup: setup)
        defer { side.stop() }
        try side.wait(forRecords: UInt64(records), seconds: 60 + Double(records) / 1_000)
        return try SideRun(side.progress, records: UInt64(records))
    }
}

/// One side's figures over one run: from a fifth of the records to the last moment before the end.
struct SideRun {
    var recordsPerSecond: Double
    var cpuMicroseconds: Double
    var peakMiB: Double

    init(_ progress: [SideProgress], records: UInt64) throws {
        // The last moment of all may have waited for the figures' next turn.
        let moving = progress.filter { $0.consumed >= records / 5 && $0.consumed < records }
        guard let first = moving.first, let last = moving.last, last.consumed > first.consumed else {
            throw CommandError("a side was through before it could be measured: more --records are needed")
        }
        let count = Double(last.consumed - first.consumed)
        recordsPerSecond = count * 1e9 / Double(last.figures.nanoseconds - first.figures.nanoseconds)
        cpuMicroseconds = Double(last.figures.cpuMicroseconds - first.figures.cpuMicroseconds) / count
        peakMiB = Double(progress.map(\.figures.residentKiB).max() ?? 0) / 1024
    }
}

extension Delivery: ExpressibleByArgument {}
