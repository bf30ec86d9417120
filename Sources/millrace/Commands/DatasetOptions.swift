internal import ArgumentParser
internal import DatasetFiles
internal import Settings

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

    @Option(
        name: .long,
        help: "CSV columns that are categories, separated by commas, or `all` that the settings don't say are numbers.")
    var category: String?

    func open(_ file: String, _ roles: ColumnRoles) throws -> DatasetReader {
        let categories: DatasetColumns.Categories =
            switch category {
            case nil: .named([])
            case "all": .all
            case let names?: .named(names.split(separator: ",").map(String.init))
            }
        return try DatasetReader(
            path: file,
            columns: DatasetColumns(
                label: label, id: id, timestamp: timestamp, categories: categories, numbers: roles.numbers,
                vectors: roles.vectors.sorted { $0.key < $1.key }.map { VectorColumns(name: $0.key, columns: $0.value) }
            ))
    }
}

/// What settings say of a table's columns.
struct ColumnRoles: Equatable {
    /// By the feature's name, the columns that a vector is made of.
    let vectors: [String: [String]]
    /// Columns that are numbers, whatever `--category` says of all.
    let numbers: Set<String>

    init(_ settings: PipelineSettings) {
        vectors = settings.vectorColumns
        numbers = settings.numberColumns
    }
}
