internal import ArgumentParser
internal import Foundation
internal import JSONTree
internal import RecordCodecs
internal import Records
internal import Settings
internal import StreamTasks

struct EngineBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine",
        abstract: "Bytes in memory to bytes in memory: decode, scale, predict, learn, watch, encode, on one thread.",
        discussion: """
            Examples:
              millrace bench engine
              millrace bench engine --runs 11 --json
            """)

    /// What the usual watch may cost, times what a record costs where nothing is watched.
    private static let watchGoal = 1.1

    @Option(
        help: "Runs over all records, one of each watch by turns; the median counts. One more comes first and warms up."
    )
    var runs = 5

    @Option(help: "Seed of the generated records.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if runs < 1 { throw ValidationError("--runs is 1 or more") }
    }

    func run() throws {
        var table = BenchTable(
            "engine: bytes to bytes, one thread, median of \(runs) runs",
            columns: [
                .init(key: "records", title: "records"), .init(key: "watch", title: "watch"),
                .init(key: "features", title: "features"),
                .init(key: "count", title: "count"), .init(key: "bytes_a_record", title: "bytes a record"),
                .init(key: "cpu_ns_a_record", title: "CPU ns a record"),
                .init(key: "cpu_ns_a_record_best", title: "best"), .init(key: "cpu_ns_a_record_worst", title: "worst"),
                .init(key: "wall_ns_a_record", title: "wall ns a record"),
                .init(key: "records_a_cpu_second", title: "records a CPU s"),
                .init(key: "over_none", title: "over none"), .init(key: "goal", title: "goal"),
                .init(key: "goal_met", title: ""),
            ])
        try measure("electricity", .electricity, try RecordBlock.electricity(), goal: 1_000, into: &table)
        try measure("generated", .wide, GeneratedRecords.block(records: 20_000, seed: seed), goal: 2_000, into: &table)
        table.notes = [
            "The task learns from every record; outputs are encoded and dropped. Two detectors: ADWIN watches the loss, Page-Hinkley one feature.",
            "Over none: the median, round by round, of what a record costs with the watch over what it costs without any.",
            "Allocations can't be counted from inside a program: the tests do, by standing in for malloc. There are none a record.",
        ]
        table.print(json: json)
    }

    private func measure(
        _ name: String, _ pipeline: BenchPipeline, _ block: RecordBlock, goal: Double, into table: inout BenchTable
    ) throws {
        let directory = FileManager.default.temporaryDirectory.path
        let watches = BenchWatch.allCases
        let settings = try watches.map {
            try pipeline.settings(name: "bench", kafka: [:], directory: directory, watch: $0)
        }
        let rounds = try (0...runs).map { _ in
            try settings.map { try EngineRun($0, sink: DroppingSink()).measure(block) }
        }.dropFirst()
        for (index, watch) in watches.enumerated() {
            let cpu = rounds.map { $0[index].cpu }
            let overNone = rounds.map { $0[index].cpu / $0[watches.firstIndex(of: .none) ?? 0].cpu }.median
            let goals: [BenchTable.Cell] =
                switch watch {
                case .detectors: [.number(goal), .goal(isMet: cpu.median < goal)]
                case .none: [.text(""), .text("")]
                case .usual: [.ratio(Self.watchGoal), .goal(isMet: overNone <= Self.watchGoal)]
                }
            table.add(
                [
                    .text(name), .text(watch.rawValue), .number(Double(pipeline.features.count)),
                    .number(Double(block.count)), .number(block.meanBytes),
                    .number(cpu.median), .number(cpu.min() ?? .nan), .number(cpu.max() ?? .nan),
                    .number(rounds.map { $0[index].wall }.median), .number(1e9 / cpu.median), .ratio(overNone),
                ] + goals)
        }
    }
}

/// One fresh task over a block of records.
struct EngineRun<Sink: OutputSink>: ~Copyable {
    private var task: StreamTask
    private var sink: Sink

    init(_ settings: PipelineSettings, sink: Sink) throws {
        task = try StreamTask(settings, partition: 0, position: NextOffset(0))
        self.sink = sink
    }

    /// - Parameter count: how many records, the block again and again; one time the block where it is nil.
    /// - Returns: nanoseconds a record, of this thread's time and of the clock on the wall.
    /// - Throws: where a record was refused, because the figure would be of something else then.
    consuming func measure(_ block: RecordBlock, records count: Int? = nil) throws -> (cpu: Double, wall: Double) {
        let wall = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
        let cpu = ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
        let count = count ?? block.count
        block.withRecords { records in
            for index in 0..<count {
                task.process(
                    InputRecord(
                        key: nil, value: records[index % records.count], timestamp: 1_000_000 + Int64(index),
                        partition: 0,
                        offset: Int64(index)),
                    into: &sink)
            }
        }
        let spent = (
            cpu: ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) - cpu,
            wall: ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC) - wall
        )
        guard task.counters.predicted == count else {
            throw CommandError(
                "\(task.counters.predicted) of \(count) records were predicted; the benchmark's own data is wrong")
        }
        return (Double(spent.cpu) / Double(count), Double(spent.wall) / Double(count))
    }
}

/// Takes the encoded bytes and drops them.
struct DroppingSink: OutputSink {
    var predictions = 0
    var bytes = 0

    var isSilent: Bool { false }

    mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {
        predictions += 1
        bytes += value.count
    }

    mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) { bytes += output.value.count }

    mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {}

    mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {}
}
