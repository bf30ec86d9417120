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

    private var isHashed: Bool { features.contains { !$0.isNumeric && $0.values.count > Self.mostColumns } }

    var yaml: String {
        let lines =
            [
                "# Made by `millrace init`. Docs/Configuration.md has all settings, Docs/Models.md says which model is for what.",
                "pipeline: \(pipeline)",
                "kafka: {bootstrap.servers: \"localhost:9092\"}",
                "features:",
            ] + features.map(line) + targetLines
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ column: ColumnSurvey) -> String {
        let name = Self.quoted(column.name)
        if column.isNumeric { return "  - {name: \(name)}" }
        guard column.values.count <= Self.mostColumns else {
            return "  - {name: \(name), kind: category, encode: hash}"
        }
        let values = column.values.sorted().map(Self.quoted).joined(separator: ", ")
        return "  - {name: \(name), kind: category, encode: one-hot, values: [\(values)]}"
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
