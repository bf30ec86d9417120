/// Why a text isn't JSON, in jansson's words, and where.
package struct JSONParseError: Error, Equatable, CustomStringConvertible {
    /// From 1; -1 where it isn't known.
    package var line: Int
    /// In characters, from 1; what jansson gives.
    package var column: Int
    /// In bytes from the start of the text.
    package var position: Int
    package var reason: String

    package init(line: Int, column: Int, position: Int, reason: String) {
        self.line = line
        self.column = column
        self.position = position
        self.reason = reason
    }

    package var description: String { "line \(line), column \(column): \(reason)" }
}
