internal import RecordCodecs

/// Feature records of a file, one at a time and in order: rows of `.csv` made into JSON, lines of `.jsonl` as they are;
/// both may be gzip.
///
/// - Cost: memory for one record; allocates nothing once warm.
package struct DatasetReader: ~Copyable {
    /// One of these two.
    private var rows: CSVReader?
    private var lines: LineReader?
    private var encoder: FeatureRecordEncoder
    /// The columns of a CSV file; empty for JSON lines.
    package let header: [String]
    /// Bytes on disk, compressed where the file is: for a progress bar.
    package let byteCount: Int
    /// How many of them have been read.
    package private(set) var bytesRead = 0
    package private(set) var recordsRead = 0

    /// - Parameter columns: for CSV only; lines of JSON have their own names.
    package init(path: String, columns: DatasetColumns = DatasetColumns()) throws(DatasetError) {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        if name.hasSuffix(".csv") {
            let reader = try CSVReader(path: path)
            let roles = try columns.roles(reader.header, file: path)
            header = reader.header
            byteCount = reader.byteCount
            encoder = FeatureRecordEncoder(columns: roles, vectors: columns.vectorCells(reader.header))
            lines = nil
            rows = consume reader
        } else if name.hasSuffix(".jsonl") {
            let reader = try LineReader(path: path, quotes: false)
            header = []
            byteCount = reader.file.size
            encoder = FeatureRecordEncoder(columns: [])
            rows = nil
            lines = consume reader
        } else {
            throw .unknownFormat(file: path)
        }
    }

    /// One record's JSON, valid until the next call; nil at the end. Empty lines are skipped.
    package mutating func next() throws(DatasetError) -> UnsafeRawBufferPointer? {
        let record = rows == nil ? try nextLine() : try nextRow()
        if record != nil { recordsRead += 1 }
        return record
    }

    private mutating func nextRow() throws(DatasetError) -> UnsafeRawBufferPointer? {
        guard var reader = rows.take() else { return nil }
        let cells = Result { () throws(DatasetError) in try reader.nextCells() }
        bytesRead = reader.bytesRead
        rows = consume reader
        return try cells.get().map { encoder.encode($0) }
    }

    private mutating func nextLine() throws(DatasetError) -> UnsafeRawBufferPointer? {
        guard var reader = lines.take() else { return nil }
        let line = Result { () throws(DatasetError) in try reader.nextFilled() }
        bytesRead = reader.file.position
        lines = consume reader
        return try line.get()
    }
}
