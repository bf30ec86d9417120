/// Rows of a CSV file (RFC 4180, comma, UTF-8, with a header line), plain or gzip. Empty lines are skipped.
///
/// - Cost: allocates only where a row is longer than all before it.
package struct CSVReader: ~Copyable {
    private var lines: LineReader
    private var row: CSVRow
    package private(set) var header: [String]

    package init(path: String) throws(DatasetError) {
        self = try Self.open(path)
    }

    private init(_ lines: consuming LineReader) {
        self.lines = lines
        row = CSVRow()
        header = []
    }

    private static func open(_ path: String) throws(DatasetError) -> CSVReader {
        var reader = CSVReader(try LineReader(path: path, quotes: true))
        guard try reader.nextRow() else { throw .emptyFile(file: path) }
        reader.header = reader.row.cells.map { String(decoding: $0, as: UTF8.self) }
        var seen: Set<String> = []
        for name in reader.header where !seen.insert(name).inserted {
            throw .duplicateColumn(file: path, column: name)
        }
        return reader
    }

    /// The line on which the last row began, from 1.
    package var line: Int { lines.line }
    /// Bytes on disk: read so far, and all.
    package var bytesRead: Int { lines.file.position }
    package var byteCount: Int { lines.file.size }

    /// The cells of one row, as many as the header has; nil at the end. They are valid until the next call.
    package mutating func nextCells() throws(DatasetError) -> UnsafeBufferPointer<UnsafeRawBufferPointer>? {
        guard try nextRow() else { return nil }
        guard row.cells.count == header.count else {
            throw .wrongCellCount(
                file: lines.file.path, line: line, found: row.cells.count, expected: header.count)
        }
        return row.cells
    }

    private mutating func nextRow() throws(DatasetError) -> Bool {
        while var text = try lines.next() {
            if line == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = UnsafeRawBufferPointer(rebasing: text[3...]) }
            if text.isEmpty { continue }
            if let column = Self.firstWrongByte(text) {
                throw .notUTF8(file: lines.file.path, line: line, column: column)
            }
            do { try row.split(text) } catch {
                throw .malformedQuotes(file: lines.file.path, line: line, column: error.column)
            }
            return true
        }
        return false
    }

    /// The column (in bytes, from 1) from which on the text is no UTF-8; nil where all of it is.
    private static func firstWrongByte(_ text: UnsafeRawBufferPointer) -> Int? {
        text.withMemoryRebound(to: UInt8.self) { bytes in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.span)
                return nil
            } catch {
                return error.byteOffsets.lowerBound + 1
            }
        }
    }
}
