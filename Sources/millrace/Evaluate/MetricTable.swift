internal import Foundation
internal import OnlineLearning
internal import StreamTasks

/// Metrics side by side, for people.
struct MetricTable {
    private var header: [String]
    private var rows: [[String]]

    /// One metric a line, one scope a column.
    init(_ scopes: [(name: String, values: MetricValues)]) {
        let all = scopes.map(\.values.detailed)
        header = [""] + scopes.map(\.name)
        rows = (all.first ?? []).map { metric in
            [metric.name]
                + all.map { scope in scope.first { $0.name == metric.name }.map { Self.text($0.value) } ?? "-" }
        }
    }

    /// One segment a line, one metric a column.
    init(_ segments: [NamedSegment]) {
        let names = segments.first?.values.named.map(\.name) ?? []
        header = ["", "records"] + names
        rows = segments.map { segment in
            [segment.name, segment.values.records.grouped]
                + names.map { name in
                    segment.values.named.first { $0.name == name }.map { Self.text($0.value) } ?? "-"
                }
        }
    }

    var lines: [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            "  " + row[0].padding(toLength: widths[0] + 2, withPad: " ", startingAt: 0)
                + zip(row, widths).dropFirst().map { $0.leftPadded(to: $1) }.joined(separator: "  ")
        }
    }

    private static func text(_ value: Double) -> String { String(format: "%.4f", value) }
}
