internal import ArgumentParser
internal import DatasetFiles

/// How a file becomes feature records, for `produce` and `evaluate`.
struct DatasetOptions: ParsableArguments {
    /// What a file to read may be.
    static let fileHelp: ArgumentHelp =
        "A .csv or .jsonl file, also as .gz. A CSV has a header; JSON lines are feature records as they are."

    @Option(name: .long, help: "The CSV column that holds the label.")
    var label: String?

    @Option(name: .long, help: "The CSV column that holds the record's id.")
    var id: String?

    @Option(name: .long, help: "The CSV column that holds the event time.")
    var timestamp: String?

    @Option(name: .long, help: "CSV columns that are categories, separated by commas, or `all`.")
    var category: String?

    /// - Parameter vectors: by the feature's name, the columns that it is made of, as the settings say.
    func open(_ file: String, vectors: [String: [String]]) throws -> DatasetReader {
        let categories: DatasetColumns.Categories =
            switch category {
            case nil: .named([])
            case "all": .all
            case let names?: .named(names.split(separator: ",").map(String.init))
            }
        return try DatasetReader(
            path: file,
            columns: DatasetColumns(
                label: label, id: id, timestamp: timestamp, categories: categories,
                vectors: vectors.sorted { $0.key < $1.key }.map { VectorColumns(name: $0.key, columns: $0.value) }))
    }
}
