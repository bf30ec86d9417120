internal import Foundation
internal import JSONTree

/// What a benchmark found: columns for people, the same rows for machines.
struct BenchTable {
    struct Column {
        var key: String
        var title: String
        var decimals = 0
    }

    enum Cell {
        case text(String)
        case number(Double)
        /// A quotient of two figures above it.
        case ratio(Double)
        case goal(isMet: Bool)
    }

    let title: String
    let columns: [Column]
    private(set) var rows: [[Cell]] = []
    var notes: [String] = []

    init(_ title: String, columns: [Column]) {
        self.title = title
        self.columns = columns
    }

    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has one cell a column")
        rows.append(row)
    }

    /// Prints it as text, or as one JSON object.
    func print(json: Bool) {
        if json { Output.json(self.json) } else { for line in lines { Swift.print(line) } }
    }

    /// `{"benchmark", "machine", "rows": [{column: value}], "notes"}`.
    var json: JSONValue {
        [
            "benchmark": .string(title), "machine": .string(Machine.description),
            "rows": .array(
                rows.map { row in
                    .object(JSONObject(zip(columns, row).map { ($0.key, Self.json($1)) }))
                }),
            "notes": .array(notes.map { .string($0) }),
        ]
    }

    var lines: [String] {
        let texts = rows.map { row in zip(columns, row).map { Self.text($1, decimals: $0.decimals) } }
        let widths = columns.indices.map { column in
            max(columns[column].title.count, texts.map { $0[column].count }.max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            cells.enumerated().map { index, cell in
                index == 0
                    ? cell.padding(toLength: widths[0], withPad: " ", startingAt: 0)
                    : cell.leftPadded(to: widths[index])
            }.joined(separator: "  ")
        }
        return [title, Machine.description, "", line(columns.map(\.title))] + texts.map(line)
            + (notes.isEmpty ? [] : [""]) + notes
    }

    private static func text(_ cell: Cell, decimals: Int) -> String {
        switch cell {
        case .text(let text): text
        case .number(let value) where decimals == 0: Int(value.rounded()).grouped
        case .number(let value): String(format: "%.\(decimals)f", value)
        case .ratio(let value): String(format: "%.2f", value)
        case .goal(let isMet): isMet ? "met" : "MISSED"
        }
    }

    private static func json(_ cell: Cell) -> JSONValue {
        switch cell {
        case .text(let text): .string(text)
        case .number(let value), .ratio(let value): .number(value)
        case .goal(let isMet): .boolean(isMet)
        }
    }
}

/// Where a figure was measured.
enum Machine {
    static let description: String = {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model =
            info.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
            .map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
        return "\(model), \(ProcessInfo.processInfo.activeProcessorCount) cores"
    }()
}

extension [Double] {
    /// The middle value; the mean of the middle two where there are two; NaN of none.
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }
}
