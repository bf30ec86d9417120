internal import ArgumentParser
internal import Foundation
internal import Settings

struct MemoryBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Is the resident memory flat while records are produced and consumed?",
        discussion: """
            The pipeline runs in a process of its own; this one produces, at most 100,000 records ahead of it.

            Examples:
              millrace bench memory
              millrace bench memory --records 10000000
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Records to produce and consume.")
    var records = 1_000_000

    @Option(help: "Partitions of the topics.")
    var partitions = 8

    /// Fewer than what the embedded broker keeps of a few partitions.
    private static let mostAhead = 100_000

    func validate() throws {
        if records < 100_000 || partitions < 4 {
            throw ValidationError("--records is 100,000 or more, --partitions 4 or more")
        }
    }

    func run() throws {
        let setup = try BenchSetup(
            brokers: options.brokers, partitions: partitions, properties: try options.properties())
        defer { setup.tearDown() }
        let side = try SideProcess(.millrace, setup: setup)
        defer { side.stop() }
        try side.waitUntilReady()
        try feed(side, setup)
        try side.wait(forRecords: UInt64(records), seconds: 60)
        report(side.progress, broker: setup.broker).print(json: options.json)
    }

    private func feed(_ side: SideProcess, _ setup: BenchSetup) throws {
        let producer = try BenchProducer(
            properties: setup.properties, topic: setup.settings.topics.features, partitions: partitions)
        var bar = ProgressBar("records")
        try setup.records.withRecords { views in
            while producer.sent < records {
                guard !side.hasEnded else { throw CommandError("the pipeline ended; its reason stands above") }
                if producer.sent - Int(side.consumed) >= Self.mostAhead {
                    try producer.serve(milliseconds: 5)
                } else {
                    for _ in 0..<min(1_000, records - producer.sent) {
                        try producer.send(views[producer.sent % views.count])
                    }
                }
                bar.update(Double(producer.sent) / Double(records), records: producer.sent)
            }
        }
        try producer.finish()
        bar.finish()
    }

    private func report(_ progress: [SideProgress], broker: BenchBroker) -> BenchTable {
        var table = BenchTable(
            "memory: \(broker.name), \(records.grouped) records produced while they are consumed",
            columns: [
                .init(key: "consumed", title: "consumed"),
                .init(key: "resident_mib", title: "resident MiB", decimals: 1),
            ])
        for tenth in 1...10 {
            let mark = UInt64(records / 10 * tenth)
            guard let moment = progress.first(where: { $0.consumed >= mark }) else { continue }
            table.add([.number(Double(moment.consumed)), .number(Double(moment.figures.residentKiB) / 1024)])
        }
        let second = Self.peak(progress, of: records, between: 0.1, and: 0.5)
        let last = Self.peak(progress, of: records, between: 0.5, and: 1.0)
        table.notes = [
            String(
                format: "peak from 10 %% to 50 %%: %.1f MiB; from 50 %% to the end: %.1f MiB; growth %+.1f MiB", second,
                last, last - second)
        ]
        return table
    }

    private static func peak(
        _ progress: [SideProgress], of records: Int, between low: Double, and high: Double
    ) -> Double {
        let part = progress.filter {
            Double($0.consumed) >= low * Double(records) && Double($0.consumed) <= high * Double(records)
        }
        return Double(part.map(\.figures.residentKiB).max() ?? 0) / 1024
    }
}
