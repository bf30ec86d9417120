internal import DatasetFiles
internal import OnlineLearning

/// All records of a file in memory, to be gone over more than once, in whatever order.
struct KeptRecords {
    private var bytes: [UInt8] = []
    /// Where each record ends.
    private var ends: [Int] = []

    init(_ reader: inout DatasetReader) throws {
        while let value = try reader.next() {
            bytes.append(contentsOf: value)
            ends.append(bytes.count)
        }
    }

    var count: Int { ends.count }

    func withRecord(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let start = number > 0 ? ends[number - 1] : 0
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<ends[number]])) }
    }

    /// The records of one pass, each once.
    /// - Parameter shuffle: a seed, of which every pass makes another order; nil for the order of the file.
    func order(pass: Int, shuffle: UInt64?) -> [Int] {
        var order = Array(0..<count)
        guard let shuffle else { return order }
        var generator = SeededGenerator(seed: shuffle &+ UInt64(pass) &* 0x9E37_79B9)
        // Fisher and Yates, written out: the library's own shuffle may change with its version.
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, generator.index(below: last + 1)) }
        return order
    }
}
