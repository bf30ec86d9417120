/// Words by which tables say that a value is missing.
package enum MissingText {
    private static let longest = 4
    private static let words = Set(["", "?", "NA", "N/A", "NaN", "nan", "null", "NULL"].map { Array($0.utf8) })

    /// Cost: for numbers, which have none of these beginnings, one comparison.
    package static func isMissing(_ cell: UnsafeRawBufferPointer) -> Bool {
        guard let first = cell.first else { return true }
        guard first >= UInt8(ascii: "?"), cell.count <= longest else { return false }
        return words.contains(Array(cell))
    }
}
