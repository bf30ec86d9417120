internal import Telemetry

/// The latencies of some rounds: of the pass-through, of Millrace, and of the pass-through once more.
struct LatencyReport {
    var rounds: [[LatencyHistogram]] = []

    private static let percentiles: [(key: String, title: String, percent: Double)] = [
        ("p50", "p50", 50), ("p90", "p90", 90), ("p99", "p99", 99), ("p999", "p99.9", 99.9), ("max", "max", 100),
    ]

    func table(_ title: String) -> BenchTable {
        var table = BenchTable(
            title,
            columns: [.init(key: "side", title: "side"), .init(key: "records", title: "records")]
                + Self.percentiles.map { BenchTable.Column(key: $0.key, title: $0.title, decimals: 3) })
        for (side, name) in ["pass-through", "millrace", "pass-through again"].enumerated() {
            let records = rounds.reduce(0) { $0 + $1[side].count }
            table.add(
                [.text(name), .number(Double(records))]
                    + Self.percentiles.map { percentile in
                        .number(rounds.map { $0[side].milliseconds(atPercentile: percentile.percent) }.median)
                    })
        }
        let own = differences(1)
        table.add([.text("millrace - pass-through"), .text("")] + own.map { .number($0) })
        table.add([.text("control: pass-through - itself"), .text("")] + differences(2).map { .number($0) })
        let none = BenchTable.Cell.text("")
        table.add([.text("goal"), none, .text("≤ 1"), none, .text("≤ 3"), none, none])
        table.add([.text("goal"), none, .goal(isMet: own[0] <= 1), none, .goal(isMet: own[2] <= 3), none, none])
        return table
    }

    /// Medians over the rounds of what a side takes longer than the round's first one.
    private func differences(_ side: Int) -> [Double] {
        Self.percentiles.map { percentile in
            rounds.map { round in
                round[side].milliseconds(atPercentile: percentile.percent)
                    - round[0].milliseconds(atPercentile: percentile.percent)
            }.median
        }
    }
}
