internal import CRecordScanner

/// What a column of a table becomes in a feature record.
package enum ColumnRole: Sendable, Equatable {
    /// A member of `features`: numbers as numbers, everything else as strings, an empty cell as null.
    case feature
    /// The same, and null also where the cell says `NA` or the like in place of a number.
    case number
    /// A member of `features` that is always a string, also where it looks like a number.
    case category
    /// No member of its own, but part of a vector.
    case vectorPart
    case id
    case timestamp
    case label
}

/// Rows of a table to feature records (JSON), in the shape of the features topic.
///
/// - Cost: allocates nothing once warm.
package struct FeatureRecordEncoder: ~Copyable {
    private struct Column {
        /// One cell, or those of a vector.
        let indexes: [Int]
        let isVector: Bool
        /// `"name":`
        let key: [UInt8]
        let isText: Bool
        let isNumber: Bool
    }

    private var output = JSONBuffer()
    private let id: Int?
    private let timestamp: Int?
    private let label: Int?
    private let features: [Column]

    /// - Parameter columns: the name and role of each cell of a row, in order; of two with one role other than feature
    ///   and category, the first one counts.
    /// - Parameter vectors: members of `features` that are arrays, with the places of their cells.
    package init(columns: [(name: String, role: ColumnRole)], vectors: [(name: String, cells: [Int])] = []) {
        id = columns.firstIndex { $0.role == .id }
        timestamp = columns.firstIndex { $0.role == .timestamp }
        label = columns.firstIndex { $0.role == .label }
        features =
            columns.enumerated().compactMap { index, column in
                guard [.feature, .number, .category].contains(column.role) else { return nil }
                return Column(
                    indexes: [index], isVector: false, key: Self.key(column.name), isText: column.role == .category,
                    isNumber: column.role == .number)
            }
            + vectors.map {
                Column(indexes: $0.cells, isVector: true, key: Self.key($0.name), isText: false, isNumber: true)
            }
    }

    private static func key(_ name: String) -> [UInt8] {
        var key = JSONBuffer()
        key.append(string: name)
        key.append(":")
        return Array(key.bytes)
    }

    /// - Parameter cells: UTF-8 text, one a column.
    /// - Returns: bytes that are valid until the next call.
    package mutating func encode(_ cells: UnsafeBufferPointer<UnsafeRawBufferPointer>) -> UnsafeRawBufferPointer {
        output.clear()
        output.append("{")
        if let id { append("\"id\":", cells[id]) }
        if let timestamp { append("\"timestamp\":", cells[timestamp]) }
        output.append("\"features\":{")
        for (place, column) in features.enumerated() {
            if place > 0 { output.append(UInt8(ascii: ",")) }
            output.append(column.key)
            if column.isVector { output.append(UInt8(ascii: "[")) }
            for (part, index) in column.indexes.enumerated() {
                if part > 0 { output.append(UInt8(ascii: ",")) }
                let cell = cells[index]
                if column.isNumber, MissingText.isMissing(cell) {
                    output.append("null")
                } else {
                    append(cell, isText: column.isText)
                }
            }
            if column.isVector { output.append(UInt8(ascii: "]")) }
        }
        output.append("}")
        if let label {
            output.append(",\"label\":")
            append(cells[label], isText: false)
        }
        output.append("}")
        return output.bytes
    }

    private mutating func append(_ key: StaticString, _ cell: UnsafeRawBufferPointer) {
        output.append(key)
        append(cell, isText: false)
        output.append(UInt8(ascii: ","))
    }

    private mutating func append(_ cell: UnsafeRawBufferPointer, isText: Bool) {
        if cell.isEmpty {
            output.append("null")
        } else if isText {
            output.append(string: cell)
        } else if NumberText.isJSON(cell) {
            output.append(cell)
        } else if let number = NumberText.value(cell) {
            output.append(number: number)
        } else {
            output.append(string: cell)
        }
    }
}

/// Text that is a number.
enum NumberText {
    /// Whether JSON writes numbers so, and none that is too large for a Float64 or an integer of 64 bits.
    static func isJSON(_ text: UnsafeRawBufferPointer) -> Bool {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let digits = rest.prefix(while: isDigit)
        guard (1...18).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            return false
        }
        rest = rest.dropFirst(digits.count)
        guard let point = rest.first else { return true }
        guard point == UInt8(ascii: ".") else { return false }
        return rest.count > 1 && rest.dropFirst().allSatisfy(isDigit)
    }

    /// Any decimal number with sign, fraction and exponent; nil for other text.
    static func value(_ text: UnsafeRawBufferPointer) -> Double? {
        var value = 0.0
        let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        return record_parse_double(bytes, text.count, &value) ? value : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
