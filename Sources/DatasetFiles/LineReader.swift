/// A file's lines, in order; a line feed in quotes (of CSV) doesn't end one.
///
/// - Cost: allocates only where a line is longer than all before it.
struct LineReader: ~Copyable {
    let file: CompressedFile
    private var buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var atEnd = false
    private let quotes: Bool
    private var lineFeeds = 0
    /// The number of the line that `next` gave last, from 1.
    private(set) var line = 0

    /// - Parameter quotes: whether double quotes hold line feeds.
    init(path: String, quotes: Bool) throws(DatasetError) {
        file = try CompressedFile(path: path)
        self.quotes = quotes
        buffer = .allocate(byteCount: 1 << 18, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// A line without its line end, which may be CR LF; nil at the end of the file. Valid until the next call.
    mutating func next() throws(DatasetError) -> UnsafeRawBufferPointer? {
        line = lineFeeds + 1
        var place = start
        var open = false
        while true {
            while place < end {
                let byte = buffer[place]
                place += 1
                if byte == UInt8(ascii: "\n") {
                    lineFeeds += 1
                    if !open { return take(until: place - 1, next: place) }
                } else if byte == UInt8(ascii: "\"") {
                    open = quotes && !open
                }
            }
            if atEnd { return start == end ? nil : take(until: end, next: end) }
            place -= start
            try fill()
            place += start
        }
    }

    /// The next line that isn't empty.
    mutating func nextFilled() throws(DatasetError) -> UnsafeRawBufferPointer? {
        while let line = try next() {
            if !line.isEmpty { return line }
        }
        return nil
    }

    private mutating func take(until stop: Int, next: Int) -> UnsafeRawBufferPointer {
        let from = start
        start = next
        let last = stop > from && buffer[stop - 1] == UInt8(ascii: "\r") ? stop - 1 : stop
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[from..<last])
    }

    /// Reads on behind what is left, which moves to the front.
    private mutating func fill() throws(DatasetError) {
        if start > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<end]))
            (start, end) = (0, end - start)
        } else if end == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * buffer.count, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        end += count
        atEnd = count == 0
    }
}
