internal import DatasetFiles
internal import RecordCodecs

/// What one column of a CSV holds.
struct ColumnSurvey {
    let name: String
    /// Cells that aren't empty.
    private(set) var cells = 0
    private(set) var isNumeric = true
    private(set) var isWhole = true
    /// How the numbers are spread.
    private(set) var spread = NumberSpread()
    /// Whether every cell is a time as RFC 3339 writes it.
    private(set) var isTime = true
    /// The different values in the order in which they came, as long as there are few.
    private(set) var values: [String] = []
    private var known: Set<String> = []
    private(set) var hasManyValues = false
    private var words = 0
    /// Cells until there were too many values, or all.
    private var cellsKnown = 0

    /// A column of more different values isn't one of classes or of categories with a column each.
    static let mostValues = 1_000
    private static let mostBytes = 100_000_000
    private static let fewestCells = 20
    /// A column in which more of the cells than this differ from all before tells records apart, and nothing else.
    private static let shareOfNames = 0.9
    private static let wordsOfText = 3

    /// Whether cells are sentences: several words each, and seldom the same.
    var isText: Bool { !isNumeric && !isTime && words >= Self.wordsOfText * cells }

    /// Whether nearly every record has a value of its own, as a name or an id is, so that none can tell of another record.
    var isName: Bool {
        !isNumeric && !isTime && !isText && cells >= Self.fewestCells
            && Double(values.count) > Self.shareOfNames * Double(cellsKnown)
    }

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
        let isMissing = MissingText.isMissing(cell)
        let text = String(decoding: cell, as: UTF8.self)
        if isNumeric, !isMissing {
            let number = Double(text)
            isNumeric = number?.isFinite == true
            isWhole = isNumeric && isWhole && number?.rounded() == number
            if isNumeric, let number { spread.add(number) }
        }
        isTime = isTime && !isNumeric && TimestampText.milliseconds(cell) != nil
        words += text.split(separator: " ").count
        if !hasManyValues { cellsKnown += 1 }
        guard !hasManyValues, known.insert(text).inserted else { return }
        values.append(text)
        hasManyValues = values.count > Self.mostValues
    }
}
