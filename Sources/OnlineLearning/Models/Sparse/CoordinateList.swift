internal import Records

/// Coordinates and a value for each, none of them twice: a record's, or the gradients of a batch.
///
/// Its memory grows to the largest record seen and stays. An open-addressed table finds a coordinate that is in already; it is
/// emptied by counting a generation up, so that an empty list costs nothing.
/// - Cost: O(1) a coordinate, whatever the size of the space.
struct CoordinateList: ~Copyable {

    private(set) var count = 0
    private var entries: Storage<SparseValue>
    /// Twice as many slots as entries, a power of two.
    private var slots: Storage<UInt64>
    private var shift: UInt32
    private var generation: UInt64 = 1

    init(capacity: Int) {
        let bits = Self.bits(for: capacity)
        entries = Storage(repeating: SparseValue(index: 0, value: 0), count: 1 << bits)
        slots = Storage(repeating: 0, count: 2 << bits)
        shift = UInt32(32 - (bits + 1))
    }

    private static func bits(for capacity: Int) -> Int {
        var bits = 4
        while 1 << bits < capacity { bits += 1 }
        return bits
    }

    /// The coordinates in the order in which they first came.
    @inline(__always)
    subscript(position: Int) -> SparseValue {
        get { entries[position] }
        nonmutating set { entries[position] = newValue }
    }

    @inline(__always)
    mutating func removeAll() {
        count = 0
        generation += 1
        // 32 bits of a slot are the generation.
        if generation > UInt64(UInt32.max) { forgetGenerations() }
    }

    @inline(never)
    private mutating func forgetGenerations() {
        slots.values.update(repeating: 0)
        generation = 1
    }

    /// Adds to the coordinate's value.
    @inline(__always)
    mutating func add(_ index: UInt32, _ value: Float) {
        let position = position(of: index)
        entries[position].value += value
    }

    /// Where the coordinate stands; it is put last with the value 0 where it isn't in yet.
    @inline(__always)
    mutating func position(of index: UInt32) -> Int {
        if count == entries.count { grow() }
        let mask = slots.count - 1
        var slot = Int((index &* 0x9E37_79B9) >> shift)
        while slots[slot] >> 32 == generation {
            let position = Int(slots[slot] & 0xFFFF_FFFF)
            if entries[position].index == index { return position }
            slot = (slot + 1) & mask
        }
        slots[slot] = generation << 32 | UInt64(count)
        entries[count] = SparseValue(index: index, value: 0)
        count += 1
        return count - 1
    }

    /// Adds a coordinate that isn't in the list and won't be looked for again.
    @inline(__always)
    mutating func append(_ index: UInt32, _ value: Float) {
        if count == entries.count { grow() }
        entries[count] = SparseValue(index: index, value: value)
        count += 1
    }

    /// Doubles the memory. Coordinates that were appended become findable, which changes nothing.
    @inline(never)
    private mutating func grow() {
        var larger = CoordinateList(capacity: 2 * entries.count)
        for position in 0..<count { larger.add(entries[position].index, entries[position].value) }
        self = larger
    }
}

extension CoordinateList {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/coordinates", counters: (0..<count).map { UInt64(entries[$0].index) })
        archive.put(prefix + "/values", floats: (0..<count).map { entries[$0].value })
    }

    /// - Parameter coordinates: all indexes are below it.
    mutating func restore(
        from archive: StateArchive, under prefix: String, coordinates: Int
    ) throws(StateError) {
        let indexes = try archive.counters(prefix + "/coordinates")
        let values = try archive.floats(prefix + "/values", count: indexes.count)
        guard indexes.allSatisfy({ $0 < UInt64(coordinates) }) else {
            throw .impossible(name: prefix + "/coordinates", reason: "not all are below \(coordinates)")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw .impossible(name: prefix + "/values", reason: "not all of it is finite")
        }
        removeAll()
        for (index, value) in zip(indexes, values) { add(UInt32(index), value) }
        guard count == indexes.count else {
            throw .impossible(name: prefix + "/coordinates", reason: "one comes twice")
        }
    }
}
