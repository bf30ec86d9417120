internal import ArgumentParser
internal import Foundation
internal import StreamTasks

struct ReplayBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Silent replay, as after a crash: how long until a task has its state again?",
        discussion: """
            First from memory: records that lie there go through one task that writes nothing; what counts is the CPU time
            of that thread. Then over a broker: the pipeline, in a process of its own, has committed everything and has no
            snapshot, so it replays from offset 0. That row has the whole process's CPU, reading included, from a fifth of
            the records to the last.

            The embedded broker keeps about 5 MB a partition: 60,000 records a partition are safe there.

            Examples:
              millrace bench replay
              millrace bench replay --brokers localhost:9092 --broker-records 2000000 --partitions 4
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Records that are replayed from memory.")
    var records = 1_000_000

    @Option(help: "Records that are replayed over the broker.")
    var brokerRecords = 960_000

    @Option(help: "Partitions of the topics.")
    var partitions = 16

    @Option(help: "Runs of each; medians count.")
    var runs = 5

    /// Seconds of a worker's CPU for a million records.
    private static let goal = 2.0

    func validate() throws {
        if records < 1_000 || brokerRecords < 1_000 || partitions < 1 || runs < 1 {
            throw ValidationError(
                "--records and --broker-records are 1,000 or more, --partitions and --runs 1 or more")
        }
    }

    func run() throws {
        var table = BenchTable(
            "replay: the electricity stream again and again, medians of \(runs) runs",
            columns: [
                .init(key: "from", title: "from"), .init(key: "records", title: "records"),
                .init(key: "records_per_second", title: "records/s"),
                .init(key: "cpu_seconds_a_million", title: "CPU s a million", decimals: 2),
                .init(key: "seconds_a_million", title: "seconds a million", decimals: 2),
            ])
        try fromMemory(into: &table)
        try overBroker(into: &table)
        table.print(json: options.json)
    }

    private func fromMemory(into table: inout BenchTable) throws {
        let block = try RecordBlock.electricity()
        let settings = try BenchPipeline.electricity.settings(
            name: "bench", kafka: [:], directory: FileManager.default.temporaryDirectory.path)
        let results = try (0...runs).map { _ in
            try EngineRun(settings, sink: SilentSink()).measure(block, records: records)
        }.dropFirst()
        let cpu = results.map(\.cpu).median / 1_000
        let wall = results.map(\.wall).median / 1_000
        add("memory, one thread", records: records, wall: wall, cpu: cpu, to: &table)
        table.add([.text("goal"), .text(""), .text(""), .text("< \(Int(Self.goal))"), .text("")])
        table.add([.text("goal"), .text(""), .text(""), .goal(isMet: cpu < Self.goal), .text("")])
    }

    private func overBroker(into table: inout BenchTable) throws {
        let setup = try BenchSetup(
            brokers: options.brokers, partitions: partitions, properties: try options.properties())
        defer { setup.tearDown() }
        try setup.fill(brokerRecords)
        var found: [SideRun] = []
        for run in 1...runs {
            Output.note("run \(run) of \(runs)")
            let group = "\(setup.name)-replay-\(run)"
            try setup.commitAll(of: group)
            let side = try SideProcess(.millrace, setup: setup, group: group)
            defer { side.stop() }
            try side.wait(forRecords: UInt64(brokerRecords), seconds: 60 + Double(brokerRecords) / 1_000)
            found.append(try SideRun(side.progress, records: UInt64(brokerRecords)))
        }
        add(
            setup.broker.name, records: brokerRecords, wall: 1e6 / found.map(\.recordsPerSecond).median,
            cpu: found.map(\.cpuMicroseconds).median, to: &table)
    }

    /// - Parameters:
    ///   - wall, cpu: microseconds a record, which is as many seconds a million.
    private func add(_ name: String, records: Int, wall: Double, cpu: Double, to table: inout BenchTable) {
        table.add([
            .text(name), .number(Double(records)), .number(1e6 / wall), .number(cpu), .number(wall),
        ])
    }
}
