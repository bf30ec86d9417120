package import Records

/// A data file that can't be read, and where.
package enum DatasetError: Error, Equatable, CustomStringConvertible {
    case unreadable(file: String, reason: String)
    case unknownFormat(file: String)
    case emptyFile(file: String)
    case unknownColumn(file: String, column: String, header: [String])
    case duplicateColumn(file: String, column: String)
    case twoRoles(file: String, column: String)
    case wrongCellCount(file: String, line: Int, found: Int, expected: Int)
    /// A quote that never closes, or text after a closing one. The column counts from 1.
    case malformedQuotes(file: String, line: Int, column: Int)
    case notUTF8(file: String, line: Int, column: Int)

    package var disposition: Disposition { .stop }

    package var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): can't be read: \(reason)"
        case .unknownFormat(let file): "\(file): expected is a name that ends in .csv, .csv.gz, .jsonl or .jsonl.gz"
        case .emptyFile(let file): "\(file): is empty, expected is a header line"
        case .unknownColumn(let file, let column, let header):
            "\(file), line 1: has no column `\(column)`; its columns are \(header.joined(separator: ", "))"
        case .duplicateColumn(let file, let column): "\(file), line 1: has two columns `\(column)`"
        case .twoRoles(let file, let column): "\(file): the column `\(column)` is given two roles"
        case .wrongCellCount(let file, let line, let found, let expected):
            "\(file), line \(line): has \(found) cells, expected are \(expected) as in the header"
        case .malformedQuotes(let file, let line, let column):
            "\(file), line \(line), column \(column): a quote is not closed, or text follows a closing quote"
        case .notUTF8(let file, let line, let column): "\(file), line \(line), column \(column): is not UTF-8"
        }
    }
}
