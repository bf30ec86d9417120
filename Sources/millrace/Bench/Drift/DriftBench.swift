internal import ArgumentParser

struct DriftBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Every change detector: false alarms, delay, missed changes, and the time of an update.",
        discussion: """
            Streams are generated: errors of a rate of 0.2 and nearly normal values, which stay as they are, or change after
            10,000 of 15,000 values, at once or over 1,000 values. Detectors of errors are given errors alone. Next to them
            stand two dummies, which look at nothing.

            Examples:
              millrace bench drift                      30 seeds, 200,000 records of each stream that doesn't change
              millrace bench drift --quick --only adwin
              millrace bench drift --json
            """)

    @Option(help: "Streams of each kind.") var seeds = 30
    @Option(help: "Records of a stream that doesn't change.") var records = 200_000
    @Option(help: "Only detectors whose names have this in them.") var only: String?
    @Flag(help: "5 streams of each kind, of 50,000 records.") var quick = false
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        if !(1...10_000).contains(seeds) { throw ValidationError("--seeds is 1 to 10000") }
        if !(1...100_000_000).contains(records) { throw ValidationError("--records is 1 to 100000000") }
    }

    func run() throws {
        let contenders = DriftContender.all.filter { only.map($0.name.contains) ?? true }
        if contenders.isEmpty {
            let names = DriftContender.all.map(\.name).reduced().joined(separator: "; ")
            throw ValidationError("no detector has that in its name; there are \(names)")
        }
        let seeds = quick ? min(self.seeds, 5) : self.seeds
        let records = quick ? min(self.records, 50_000) : self.records
        var run = DriftRun(contenders, seeds: seeds, records: records)
        run.measure()
        var table = BenchTable("drift: \(seeds) streams of each kind", columns: Self.columns)
        for result in run.results { table.add(Self.cells(result)) }
        let isWhole = seeds >= DriftGoal.seeds && records >= DriftGoal.records
        table.notes = Self.notes + DriftGoal(run.results, isWhole: isWhole).notes
        table.print(json: json)
    }

    private static let columns: [BenchTable.Column] = [
        .init(key: "detector", title: "detector"), .init(key: "parameters", title: "parameters"),
        .init(key: "signal", title: "signal"), .init(key: "false_alarms", title: "false alarms"),
        .init(key: "records_between_false_alarms", title: "records between"),
        .init(key: "silent_streams", title: "silent streams"),
        .init(key: "delay_abrupt", title: "delay, abrupt"), .init(key: "delay_gradual", title: "delay, gradual"),
        .init(key: "missed", title: "missed"), .init(key: "cpu_ns_an_update", title: "CPU ns an update"),
    ]

    private static let notes = [
        "false alarms: on streams that don't change; records between: the mean time from one to the next (of none: all records)",
        "delay: median records from the change to the first report after it; missed: changes without one",
    ]

    private static func cells(_ result: DriftRun.Result) -> [BenchTable.Cell] {
        let score = result.score
        return [
            .text(result.contender.name), .text(result.contender.remark), .text(result.signal.rawValue),
            .number(Double(score.falseAlarms)), .number(score.recordsBetweenFalseAlarms),
            .text("\(score.silentStreams) of \(score.stationaryStreams)"), delay(score.abruptDelays),
            delay(score.gradualDelays), .number(Double(score.missed)), .number(result.nanoseconds),
        ]
    }

    private static func delay(_ delays: [Double]) -> BenchTable.Cell {
        delays.isEmpty ? .text("none") : .number(delays.median)
    }
}

extension [String] {
    /// Each text once, in the order of their first places.
    fileprivate func reduced() -> [String] {
        reduce(into: []) { kept, text in if !kept.contains(text) { kept.append(text) } }
    }
}
