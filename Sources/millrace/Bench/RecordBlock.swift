internal import DatasetFiles
internal import Foundation

/// Feature records side by side in memory.
struct RecordBlock {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }
    var meanBytes: Double { Double(bytes.count) / Double(max(1, count)) }

    mutating func append(_ record: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: record)
        ends.append(bytes.count)
    }

    /// Hands over the records in their order. Valid while `body` runs.
    func withRecords<Result>(_ body: (RecordViews) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { bytes in
            try ends.withUnsafeBufferPointer { ends in try body(RecordViews(bytes: bytes, ends: ends)) }
        }
    }

    /// The electricity stream that is shipped with the program, as the demo produces it.
    static func electricity() throws -> RecordBlock {
        var reader = try DatasetReader(path: DemoPipeline.stream(), columns: DatasetColumns(label: "class"))
        var block = RecordBlock()
        while let record = try reader.next() { block.append(record) }
        return block
    }
}

/// Views of a block's records.
struct RecordViews {
    fileprivate let bytes: UnsafeRawBufferPointer
    fileprivate let ends: UnsafeBufferPointer<Int>

    var count: Int { ends.count }

    subscript(index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    }
}
