internal import DatasetFiles

/// What one column of a CSV holds.
struct ColumnSurvey {
    let name: String
    /// Cells that aren't empty.
    private(set) var cells = 0
    private(set) var isNumeric = true
    private(set) var isWhole = true
    /// The different values in the order in which they came, as long as there are few.
    private(set) var values: [String] = []
    private var known: Set<String> = []
    private(set) var hasManyValues = false

    /// A column of more different values isn't one of classes or of categories with a column each.
    static let mostValues = 1_000
    private static let mostBytes = 100_000_000

    /// The columns of a file, from all of it or from its first 100 MB.
    static func columns(of path: String) throws -> [ColumnSurvey] {
        var reader = try CSVReader(path: path)
        var columns = reader.header.map { ColumnSurvey(name: $0) }
        while reader.bytesRead < mostBytes, let cells = try reader.nextCells() {
            for index in 0..<min(cells.count, columns.count) { columns[index].take(cells[index]) }
        }
        return columns
    }

    private init(name: String) { self.name = name }

    private mutating func take(_ cell: UnsafeRawBufferPointer) {
        guard !cell.isEmpty else { return }
        cells += 1
        let text = String(decoding: cell, as: UTF8.self)
        if isNumeric {
            let number = Double(text)
            isNumeric = number?.isFinite == true
            isWhole = isNumeric && isWhole && number?.rounded() == number
        }
        guard !hasManyValues, known.insert(text).inserted else { return }
        values.append(text)
        hasManyValues = values.count > Self.mostValues
    }
}
