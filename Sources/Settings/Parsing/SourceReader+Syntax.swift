internal import Yams

extension SourceReader {
    /// The parser's own words, with the place apart.
    func syntaxError(_ error: any Error) -> SettingsError {
        var wrong = SettingsError(
            file: file, line: nil, column: nil, key: "", found: "isn't YAML: \(error)", allowed: "",
            advice: "correct the file")
        guard let error = error as? YamlError else { return wrong }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            wrong.line = mark.line
            wrong.column = mark.column
            let around = context.map { " (\($0.text) in line \($0.mark.line))" } ?? ""
            wrong.found = "isn't YAML: \(problem)\(around)"
            wrong.advice = "correct this line or the one before"
        case .reader(let problem, let offset, _, _):
            wrong.found = "isn't YAML: \(problem)\(offset.map { " at byte \($0)" } ?? "")"
            wrong.advice = "save the file as UTF-8 text without control characters"
        case .duplicatedKeysInMapping(let duplicates, let context):
            wrong.line = context.mark.line
            wrong.column = context.mark.column
            wrong.key = duplicates.sorted().joined(separator: ", ")
            wrong.found = "the same mapping has this key twice"
            wrong.advice = "remove one of them"
        default: break
        }
        return wrong
    }
}

extension SourceNode {
    /// Gives all parts one place: what comes from the command line has none in the file.
    mutating func move(to place: SourcePlace) {
        switch self {
        case .scalar(var scalar):
            scalar.place = place
            self = .scalar(scalar)
        case .list(var items, _):
            for index in items.indices { items[index].move(to: place) }
            self = .list(items, place)
        case .section(var section):
            section.place = place
            for index in section.entries.indices {
                section.entries[index].place = place
                section.entries[index].node.move(to: place)
            }
            self = .section(section)
        }
    }
}
