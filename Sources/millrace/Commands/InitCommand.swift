internal import ArgumentParser
internal import DatasetFiles
internal import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a settings file for the columns of a CSV.",
        discussion: """
            All of the file is read, or its first 100 MB: numbers become number features, with robust scaling where a few
            are far out; times become timestamps, texts of few values one-hot categories, texts of many values hashed
            ones, and sentences hashed words. Texts of which nearly every record has one of its own are left out. The
            label's values say what kind of target it is, and which model is a good start.

            Examples:
              millrace init electricity.csv.gz --label class
              millrace init flights.csv.gz --label arr_delay --output flights.yaml
            """)

    @Argument(help: "A .csv file, also as .gz, with a header.") var file: String
    @Option(name: .long, help: "The column that holds the label; without one the model looks for what is unusual.")
    var label: String?
    @Option(name: .long, help: "The column that holds the record's id.") var id: String?
    @Option(name: .long, help: "The column that holds the event time.") var timestamp: String?
    @Option(name: .long, help: "Name of the pipeline; without one the file's name.") var pipeline: String?
    @Option(name: .shortAndLong, help: "Where to write it; - for standard output.") var output = "millrace.yaml"
    @Flag(name: .long, help: "Write over a file that is there.") var force = false

    func run() throws {
        var columns = try ColumnSurvey.columns(of: file)
        for named in [label, id, timestamp].compactMap({ $0 }) where !columns.contains(where: { $0.name == named }) {
            let names = columns.map(\.name).joined(separator: ", ")
            throw ValidationError("\(file) has no column `\(named)`; it has \(names)")
        }
        let labelColumn = columns.first { $0.name == label }
        columns.removeAll { [label, id, timestamp].contains($0.name) }
        let name = pipeline ?? SuggestedSettings.pipelineName(file)
        let settings = SuggestedSettings(pipeline: name, features: columns, label: labelColumn)
        let text = settings.yaml
        guard output != "-" else { return print(text, terminator: "") }
        if !force, FileManager.default.fileExists(atPath: output) {
            throw ValidationError(
                "\(output) is there already; name another with --output, or write over it with --force")
        }
        try text.write(toFile: output, atomically: true, encoding: .utf8)
        let options = [("--label", label), ("--id", id), ("--timestamp", timestamp)]
        let given = options.compactMap { option in option.1.map { "\(option.0) \($0)" } }.joined(separator: " ")
        let names = settings.categories.joined(separator: ",")
        let texts = names.isEmpty ? "" : " --category '\(names)'"
        Output.note("wrote \(output); try it with: millrace evaluate \(file) \(given)\(texts) --config \(output)")
    }
}
