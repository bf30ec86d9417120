internal import Foundation
internal import JSONTree

/// A settings file that is a good start for the columns of a file.
struct SuggestedSettings {
    var pipeline: String
    var features: [ColumnSurvey]
    /// Nil where there is nothing to predict.
    var label: ColumnSurvey?

    private enum Target {
        case classes([String])
        case number
        case none
    }

    /// A category of more values is hashed.
    private static let mostColumns = 100
    /// Whole numbers of more different values are a number to be predicted.
    private static let mostNumberedClasses = 20

    static func pipelineName(_ file: String) -> String {
        let base = URL(filePath: file).lastPathComponent.split(separator: ".").first.map(String.init) ?? "pipeline"
        let name = base.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" }
        return String(name)
    }

    private var target: Target {
        guard let label else { return .none }
        if !label.isNumeric, !label.hasManyValues { return .classes(label.values.sorted()) }
        guard label.isWhole, label.values.count <= Self.mostNumberedClasses, !label.hasManyValues else {
            return .number
        }
        return .classes(label.values.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) })
    }

    private var isHashed: Bool { used.contains { !$0.isNumeric && !$0.isTime && $0.values.count > Self.mostColumns } }

    /// What tells records apart and nothing else is no feature, unless there is nothing else.
    private var used: [ColumnSurvey] {
        let others = features.filter { !$0.isName }
        return others.isEmpty ? features : others
    }

    /// Columns that `evaluate` and `produce` must take as text even where a cell looks like a number.
    var categories: [String] { used.filter { !$0.isNumeric && !$0.isTime }.map(\.name) }

    var yaml: String {
        let dropped = Set(features.map(\.name)).subtracting(used.map(\.name))
        let lines =
            [
                "# Made by `millrace init`. Docs/Configuration.md has all settings, Docs/Models.md says which model is for what.",
                "pipeline: \(pipeline)",
                "kafka: {bootstrap.servers: \"localhost:9092\"}",
                "features:",
            ] + features.map { dropped.contains($0.name) ? omission($0) : line($0) } + targetLines
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ column: ColumnSurvey) -> String {
        let name = Self.quoted(column.name)
        if column.isNumeric { return "  - {name: \(name)\(scaling(column))}" }
        if column.isTime { return "  - {name: \(name), kind: timestamp}" }
        if column.isText, column.values.count > Self.mostColumns { return "  - {name: \(name), kind: text}" }
        guard column.values.count <= Self.mostColumns else {
            return "  - {name: \(name), kind: category, encode: hash}"
        }
        let values = column.values.sorted().map(Self.quoted).joined(separator: ", ")
        return "  - {name: \(name), kind: category, encode: one-hot, values: [\(values)]}"
    }

    private func omission(_ column: ColumnSurvey) -> String {
        "  # \(Self.quoted(column.name)) is left out: nearly every record has a value of its own."
    }

    /// Half-space trees divide the space from 0 to 1. Elsewhere the mean and the deviation do, unless a few numbers make
    /// most of them.
    private func scaling(_ column: ColumnSurvey) -> String {
        if case .none = target { return ", scale: min-max" }
        return column.spread.isHeavyTailed ? ", scale: robust" : ""
    }

    private var targetLines: [String] {
        switch target {
        case .classes(let names):
            let isNumeric = label?.isNumeric == true
            let classes = names.map { isNumeric ? $0 : Self.quoted($0) }.joined(separator: ", ")
            if names.count == 2 { return ["target: {kind: binary, classes: [\(classes)]}", "model: {kind: logistic}"] }
            let model = isHashed ? "svm" : "softmax"
            return ["target: {kind: multiclass, classes: [\(classes)]}", "model: {kind: \(model)}"]
        case .number: return ["target: {kind: regression}", "model: {kind: linear}"]
        case .none: return ["target: {kind: none}", "model: {kind: half-space-trees}"]
        }
    }

    /// JSON's quotation marks are YAML's too, and keep `NO`, `1` and `a: b` what they are.
    private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
