internal import ArgumentParser
internal import Foundation

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
              millrace bench kafka --brokers localhost:9092 --records 2000000 --partitions 4
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Records that each side reads.")
    var records = 480_000

    @Option(help: "Partitions of the topics.")
    var partitions = 8

    @Option(help: "Rounds of pass-through, millrace, pass-through; medians count.")
    var rounds = 5

    func validate() throws {
        if records < 1_000 || partitions < 1 || rounds < 1 {
            throw ValidationError("--records is 1,000 or more, --partitions and --rounds 1 or more")
        }
    }

    func run() throws {
        let setup = try BenchSetup(
            brokers: options.brokers, partitions: partitions, properties: try options.properties())
        defer { setup.tearDown() }
        try setup.fill(records)
        var runs: [[SideRun]] = []
        for round in 1...rounds {
            Output.note("round \(round) of \(rounds)")
            runs.append(try [.passThrough, .millrace, .passThrough].map { try measure($0, setup) })
        }
        report(runs, broker: setup.broker).print(json: options.json)
    }

    private func measure(_ kind: SideKind, _ setup: BenchSetup) throws -> SideRun {
        let side = try SideProcess(kind, setup: setup)
        defer { side.stop() }
        try side.wait(forRecords: UInt64(records), seconds: 60 + Double(records) / 1_000)
        return try SideRun(side.progress, records: UInt64(records))
    }

    private func report(_ runs: [[SideRun]], broker: BenchBroker) -> BenchTable {
        var table = BenchTable(
            "kafka: \(broker.name), \(records.grouped) records in \(partitions) partitions, medians of \(rounds) rounds",
            columns: [
                .init(key: "side", title: "side"), .init(key: "records_per_second", title: "records/s"),
                .init(key: "cpu_us_a_record", title: "CPU µs a record", decimals: 2),
                .init(key: "resident_mib", title: "peak MiB", decimals: 1),
            ])
        func row(_ name: String, _ side: Int) {
            table.add([
                .text(name), .number(runs.map(\.[side].recordsPerSecond).median),
                .number(runs.map(\.[side].cpuMicroseconds).median), .number(runs.map(\.[side].peakMiB).median),
            ])
        }
        row("pass-through", 0)
        row("millrace", 1)
        row("pass-through again", 2)
        func compare(_ name: String, _ side: Int) -> (speed: Double, cpu: Double, memory: Double) {
            let found = (
                speed: runs.map { $0[side].recordsPerSecond / $0[0].recordsPerSecond }.median,
                cpu: runs.map { $0[side].cpuMicroseconds / $0[0].cpuMicroseconds }.median,
                memory: runs.map { $0[side].peakMiB - $0[0].peakMiB }.median
            )
            table.add([.text(name), .ratio(found.speed), .ratio(found.cpu), .number(found.memory)])
            return found
        }
        let found = compare("millrace ÷ pass-through (MiB: -)", 1)
        _ = compare("control: pass-through ÷ itself", 2)
        table.add([.text("goal"), .text("≥ 0.80"), .text("≤ 1.80"), .text("≤ 40.0")])
        table.add([
            .text("goal"), .goal(isMet: found.speed >= 0.8), .goal(isMet: found.cpu <= 1.8),
            .goal(isMet: found.memory <= 40),
        ])
        return table
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
