/// The cells of one line of CSV, and the memory that they need.
struct CSVRow: ~Copyable {
    /// Memory of its own, so that its address stays.
    private var memory: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
    private var count = 0
    /// The text of cells whose quotes are taken off.
    private var unquoted: UnsafeMutableRawBufferPointer
    private var written = 0

    init() {
        memory = .allocate(capacity: 64)
        unquoted = .allocate(byteCount: 4096, alignment: 16)
    }

    deinit {
        memory.deallocate()
        unquoted.deallocate()
    }

    /// Valid until the next split, and as long as its line is.
    var cells: UnsafeBufferPointer<UnsafeRawBufferPointer> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    /// - Throws: the column (in bytes, from 1) of a cell whose quotes are malformed.
    mutating func split(_ line: UnsafeRawBufferPointer) throws(MalformedQuotes) {
        count = 0
        written = 0
        if unquoted.count < line.count {
            unquoted.deallocate()
            unquoted = .allocate(byteCount: 2 * line.count, alignment: 16)
        }
        var place = 0
        repeat {
            if place < line.count, line[place] == UInt8(ascii: "\"") {
                append(try takeQuotes(line, &place))
            } else {
                let start = place
                while place < line.count, line[place] != UInt8(ascii: ",") { place += 1 }
                append(UnsafeRawBufferPointer(rebasing: line[start..<place]))
            }
            place += 1
        } while place <= line.count
    }

    struct MalformedQuotes: Error {
        var column: Int
    }

    /// A cell in quotes, from its opening quote on; leaves `place` behind the closing one.
    private mutating func takeQuotes(
        _ line: UnsafeRawBufferPointer, _ place: inout Int
    ) throws(MalformedQuotes) -> UnsafeRawBufferPointer {
        let start = written
        let opening = place
        var closed = false
        place += 1
        while place < line.count, !closed {
            if line[place] == UInt8(ascii: "\"") {
                place += 1
                // Two quotes stand for one.
                closed = place == line.count || line[place] != UInt8(ascii: "\"")
                if closed { break }
            }
            unquoted[written] = line[place]
            written += 1
            place += 1
        }
        guard closed, place == line.count || line[place] == UInt8(ascii: ",") else {
            throw MalformedQuotes(column: opening + 1)
        }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(unquoted)[start..<written])
    }

    private mutating func append(_ cell: UnsafeRawBufferPointer) {
        if count == memory.count {
            let larger = UnsafeMutableBufferPointer<UnsafeRawBufferPointer>.allocate(capacity: 2 * count)
            _ = larger.initialize(from: memory)
            memory.deallocate()
            memory = larger
        }
        memory.initializeElement(at: count, to: cell)
        count += 1
    }
}
