internal import Records

/// The summed gradients of an unfinished batch: for each coordinate that came, `width` numbers of every learner.
///
/// - Cost: O(1) to find a coordinate's. Allocates nothing but for the largest batch yet.
struct GradientSums<Row: WeightRow>: ~Copyable {
    let width: Int
    private(set) var coordinates: CoordinateList
    /// `[capacity, width]`
    private var rows: Storage<Row>

    init(width: Int, capacity: Int) {
        self.width = width
        coordinates = CoordinateList(capacity: capacity)
        rows = Storage(repeating: Row(all: 0), count: max(capacity, 16) * width)
    }

    var count: Int { coordinates.count }

    /// The gradients of the coordinate at `position`.
    @inline(__always)
    subscript(position: Int) -> UnsafeMutablePointer<Row> { rows.base + position &* width }

    @inline(__always)
    mutating func removeAll() { coordinates.removeAll() }

    /// The coordinate's gradients, which are 0 when it is new.
    @inline(__always)
    mutating func sums(of coordinate: UInt32) -> UnsafeMutablePointer<Row> {
        let known = coordinates.count
        let position = coordinates.position(of: coordinate)
        if (position + 1) * width > rows.count { grow() }
        if coordinates.count > known { self[position].update(repeating: Row(all: 0), count: width) }
        return self[position]
    }

    @inline(never)
    private mutating func grow() {
        let larger = Storage<Row>(repeating: Row(all: 0), count: 2 * rows.count)
        larger.base.update(from: rows.base, count: rows.count)
        rows = larger
    }
}

extension GradientSums {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/coordinates", counters: (0..<count).map { UInt64(coordinates[$0].index) })
        let size = width * Row.count
        rows.base.withMemoryRebound(to: Float.self, capacity: rows.count * Row.count) {
            let used = UnsafeBufferPointer(start: $0, count: count * size)
            archive.put(prefix + "/gradients", floats: used, shape: [count, size])
        }
    }

    /// The sums that a snapshot holds.
    /// - Parameter space: all coordinates are below it.
    init(
        restoring archive: StateArchive, under prefix: String, width: Int, space: Int
    ) throws(StateError) {
        let indexes = try archive.counters(prefix + "/coordinates")
        let values = try archive.floats(prefix + "/gradients", count: indexes.count * width * Row.count)
        guard values.allSatisfy(\.isFinite) else {
            throw .impossible(name: prefix + "/gradients", reason: "not all of it is finite")
        }
        guard indexes.allSatisfy({ $0 < UInt64(space) }), Set(indexes).count == indexes.count else {
            throw .impossible(name: prefix + "/coordinates", reason: "one comes twice or isn't there")
        }
        self.init(width: width, capacity: indexes.count)
        for (position, index) in indexes.enumerated() {
            let sums = sums(of: UInt32(index))
            for column in 0..<width {
                sums[column] = Row { values[(position * width + column) * Row.count + $0] }
            }
        }
    }
}
