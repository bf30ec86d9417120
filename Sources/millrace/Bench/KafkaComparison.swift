/// Which sides a comparison over Kafka has, and what is asked of them. The first side runs again at the end of a round,
/// so that it shows the machine's noise.
struct KafkaComparison {
    struct Side {
        var kind: SideKind
        var name: String
    }

    /// A ratio of two sides, by their places, with what it should be.
    struct Ratio {
        var name: String
        var over: Int
        var under: Int
        var speed: ClosedRange<Double>?
        var cpu: ClosedRange<Double>?
        var memory: ClosedRange<Double>?
    }

    var parts: [Side]
    var ratios: [Ratio]

    var sides: [SideKind] { parts.map(\.kind) }

    static let passThrough = KafkaComparison(
        parts: [
            Side(kind: .passThrough, name: "pass-through"), Side(kind: .millrace, name: "millrace"),
            Side(kind: .passThrough, name: "pass-through again"),
        ],
        ratios: [
            Ratio(
                name: "millrace ÷ pass-through (MiB: -)", over: 1, under: 0, speed: 0.8...(.infinity), cpu: 0...1.8,
                memory: -.infinity...40),
            Ratio(name: "control: pass-through ÷ itself", over: 2, under: 0),
        ])

    static let transactions = KafkaComparison(
        parts: [
            Side(kind: .transactionalPassThrough, name: "transactional pass-through"),
            Side(kind: .exactlyOnce, name: "millrace, exactly-once"),
            Side(kind: .millrace, name: "millrace, at-least-once"),
            Side(kind: .transactionalPassThrough, name: "transactional pass-through again"),
        ],
        ratios: [
            Ratio(
                name: "exactly-once ÷ transactional pass-through", over: 1, under: 0, speed: 1.0...(.infinity)),
            Ratio(name: "exactly-once ÷ at-least-once", over: 1, under: 2, speed: 0.85...(.infinity)),
            Ratio(name: "control: pass-through ÷ itself", over: 3, under: 0),
        ])

    /// - Parameter runs: by round and side.
    func table(_ runs: [[SideRun]], title: String) -> BenchTable {
        var table = BenchTable(
            title,
            columns: [
                .init(key: "side", title: "side"), .init(key: "records_per_second", title: "records/s"),
                .init(key: "cpu_us_a_record", title: "CPU µs a record", decimals: 2),
                .init(key: "resident_mib", title: "peak MiB", decimals: 1),
            ])
        for (side, part) in parts.enumerated() {
            table.add([
                .text(part.name), .number(runs.map(\.[side].recordsPerSecond).median),
                .number(runs.map(\.[side].cpuMicroseconds).median), .number(runs.map(\.[side].peakMiB).median),
            ])
        }
        for ratio in ratios {
            let speed = runs.map { $0[ratio.over].recordsPerSecond / $0[ratio.under].recordsPerSecond }.median
            let cpu = runs.map { $0[ratio.over].cpuMicroseconds / $0[ratio.under].cpuMicroseconds }.median
            let memory = runs.map { $0[ratio.over].peakMiB - $0[ratio.under].peakMiB }.median
            table.add([.text(ratio.name), .ratio(speed), .ratio(cpu), .number(memory)])
            guard ratio.speed != nil || ratio.cpu != nil || ratio.memory != nil else { continue }
            table.add([
                .text("goal"), .text(ratio.speed.map { "≥ \($0.lowerBound)" } ?? ""),
                .text(ratio.cpu.map { "≤ \($0.upperBound)" } ?? ""),
                .text(ratio.memory.map { "≤ \($0.upperBound)" } ?? ""),
            ])
            func met(_ range: ClosedRange<Double>?, _ value: Double) -> BenchTable.Cell {
                range.map { .goal(isMet: $0.contains(value)) } ?? .text("")
            }
            table.add([.text("goal"), met(ratio.speed, speed), met(ratio.cpu, cpu), met(ratio.memory, memory)])
        }
        return table
    }
}
