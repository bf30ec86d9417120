internal import Records

/// A row of numbers for each coordinate, with room to write the changed rows of one update beside them: so an update is kept
/// whole or not at all.
///
/// - Shape: `[coordinates, width]`. A snapshot holds the rows that aren't all 0, so its size follows the coordinates seen.
struct CoordinateTable: ~Copyable {
    let coordinates: Int
    let width: Int
    private let rows: Storage<Float>
    /// `[capacity, width]`: the rows of the update at hand.
    private var staged: Storage<Float>

    init(coordinates: Int, width: Int) {
        self.coordinates = coordinates
        self.width = width
        rows = Storage(repeating: 0, count: coordinates * width)
        staged = Storage(repeating: 0, count: 16 * width)
    }

    /// The row of a coordinate below `coordinates`.
    @inline(__always)
    subscript(coordinate: UInt32) -> UnsafeMutablePointer<Float> { rows.base + Int(coordinate) &* width }

    /// Room for the changed rows of so many coordinates. Allocates where there were never so many before.
    @inline(__always)
    mutating func stage(_ count: Int) -> UnsafeMutablePointer<Float> {
        if count * width > staged.count { staged = Storage(repeating: 0, count: 2 * count * width) }
        return staged.base
    }

    /// The staged rows become those of the list's coordinates, and these the staged ones: doing it twice changes nothing.
    @inline(__always)
    func exchange(_ list: borrowing CoordinateList) {
        for position in 0..<list.count {
            let (row, other) = (self[list[position].index], staged.base + position &* width)
            for column in 0..<width { (row[column], other[column]) = (other[column], row[column]) }
        }
    }

    /// Makes the staged rows those of the list's coordinates.
    @inline(__always)
    func keep(_ list: borrowing CoordinateList) {
        for position in 0..<list.count {
            self[list[position].index].update(from: staged.base + position &* width, count: width)
        }
    }
}

extension CoordinateTable {
    func save(to archive: inout StateArchive, under prefix: String) {
        var touched: [UInt64] = []
        var values: [Float] = []
        for coordinate in 0..<coordinates {
            let row = UnsafeBufferPointer(start: rows.base + coordinate * width, count: width)
            guard row.contains(where: { $0.bitPattern != 0 }) else { continue }
            touched.append(UInt64(coordinate))
            values.append(contentsOf: row)
        }
        archive.put(prefix + "/coordinates", counters: touched)
        values.withUnsafeBufferPointer {
            archive.put(prefix + "/rows", floats: $0, shape: [touched.count, width])
        }
    }

    /// - Parameter isSound: whether a row can be; finiteness is checked already.
    func restore(
        from archive: StateArchive, under prefix: String, isSound: (UnsafeBufferPointer<Float>) -> Bool = { _ in true }
    ) throws(StateError) {
        let touched = try archive.counters(prefix + "/coordinates")
        let values = try archive.floats(prefix + "/rows", count: touched.count * width)
        for position in touched.indices {
            guard touched[position] < UInt64(coordinates), position == 0 || touched[position - 1] < touched[position]
            else { throw .impossible(name: prefix + "/coordinates", reason: "they don't ascend below \(coordinates)") }
        }
        guard values.allSatisfy({ abs($0) < Parameters.largestMagnitude }) else {
            throw .impossible(name: prefix + "/rows", reason: "not all of it is finite")
        }
        let areSound = values.withUnsafeBufferPointer { values in
            touched.indices.allSatisfy { isSound(UnsafeBufferPointer(rebasing: values[$0 * width..<($0 + 1) * width])) }
        }
        guard areSound else { throw .impossible(name: prefix + "/rows", reason: "a sum of squares is below 0") }
        rows.values.update(repeating: 0)
        for (position, coordinate) in touched.enumerated() {
            for column in 0..<width { rows[Int(coordinate) * width + column] = values[position * width + column] }
        }
    }
}
