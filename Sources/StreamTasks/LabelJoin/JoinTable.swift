internal import Records

/// Entries by id, and those of each kind in the order in which they became of it. An id has one entry.
///
/// Open addressing with linear probing over 64 bits of hash; the ids themselves are compared too. What is removed leaves no
/// mark: those behind it move up.
/// - Cost: O(1) a call and O(bytes of the id); allocates nothing after `init`.
struct JoinTable: ~Copyable {
    /// The ends of one kind's list, and how many it has.
    private struct List {
        var oldest: Int32 = -1
        var newest: Int32 = -1
        var count = 0
    }

    private(set) var memory: BlockMemory
    private let capacity: Int
    private let entries: UnsafeMutablePointer<JoinEntry>
    /// A slot + 1, or 0 where there is none.
    private let index: UnsafeMutablePointer<Int32>
    private let mask: Int
    private var lists = InlineArray<3, List>(repeating: List())
    private var firstFree: Int32 = -1
    private var untouched = 0

    /// - Parameters:
    ///   - capacity: entries of all kinds together.
    ///   - byteCount: of ids and inputs.
    init(capacity: Int, byteCount: Int) {
        self.capacity = max(capacity, 1)
        memory = BlockMemory(byteCount: byteCount)
        entries = .allocate(capacity: self.capacity)
        let size = 1 << (Int.bitWidth - (2 * self.capacity - 1).leadingZeroBitCount)
        index = .allocate(capacity: size)
        index.initialize(repeating: 0, count: size)
        mask = size - 1
    }

    deinit {
        entries.deallocate()
        index.deallocate()
    }

    var count: Int { lists[0].count + lists[1].count + lists[2].count }
    func count(_ kind: JoinEntry.Kind) -> Int { lists[kind.rawValue].count }
    /// The slot of the entry that became of its kind first; -1 where there is none.
    func oldest(_ kind: JoinEntry.Kind) -> Int32 { lists[kind.rawValue].oldest }

    func newest(_ kind: JoinEntry.Kind) -> Int32 { lists[kind.rawValue].newest }

    subscript(slot: Int32) -> JoinEntry {
        get { entries[Int(slot)] }
        nonmutating set { entries[Int(slot)] = newValue }
    }

    /// The slot of the id's entry; -1 where it has none.
    func find(_ id: UnsafeRawBufferPointer) -> Int32 {
        let hash = ValueHash.text(id)
        var place = Int(truncatingIfNeeded: hash) & mask
        while index[place] != 0 {
            let slot = index[place] - 1
            let entry = entries[Int(slot)]
            if entry.hash == hash, Int(entry.idLength) == id.count, memory.begins(entry.block, with: id) { return slot }
            place = (place + 1) & mask
        }
        return -1
    }

    /// Where an entry's input begins.
    func input(of slot: Int32) -> BlockMemory.Cursor {
        let entry = entries[Int(slot)]
        return memory.cursor(in: entry.block, at: Int(entry.idLength))
    }

    /// Adds the newest of its kind, under an id that has no entry. There must be room, for the entry as for its bytes.
    /// - Returns: where its bytes are to be written on behind the id, and its slot.
    mutating func add(_ entry: JoinEntry, id: UnsafeRawBufferPointer) -> (slot: Int32, cursor: BlockMemory.Cursor) {
        let slot: Int32
        if firstFree >= 0 {
            slot = firstFree
            firstFree = entries[Int(slot)].newer
        } else {
            slot = Int32(untouched)
            untouched += 1
        }
        var entry = entry
        entry.hash = ValueHash.text(id)
        entry.idLength = Int32(id.count)
        entry.block = memory.take(entry.byteCount)
        (entries + Int(slot)).initialize(to: entry)
        var cursor = memory.cursor(in: entry.block)
        memory.write(id, at: &cursor)
        append(slot)
        var place = Int(truncatingIfNeeded: entry.hash) & mask
        while index[place] != 0 { place = (place + 1) & mask }
        index[place] = slot + 1
        return (slot, cursor)
    }

    /// Makes an entry the newest of another kind.
    mutating func move(_ slot: Int32, to kind: JoinEntry.Kind) {
        unlink(slot)
        entries[Int(slot)].kind = kind
        append(slot)
    }

    /// Keeps of an entry's bytes only the id.
    mutating func keepID(of slot: Int32) {
        var entry = entries[Int(slot)]
        entry.dense = 0
        entry.sparse = 0
        entry.probabilities = 0
        entries[Int(slot)] = entry
        memory.shorten(entry.block, to: entry.byteCount)
    }

    mutating func remove(_ slot: Int32) {
        var hole = Int(truncatingIfNeeded: entries[Int(slot)].hash) & mask
        while index[hole] != slot + 1 { hole = (hole + 1) & mask }
        var place = (hole + 1) & mask
        while index[place] != 0 {
            let home = Int(truncatingIfNeeded: entries[Int(index[place] - 1)].hash) & mask
            // What has its home behind the hole, up to its own place, is found without moving.
            if (place - home) & mask >= (place - hole) & mask {
                index[hole] = index[place]
                hole = place
            }
            place = (place + 1) & mask
        }
        index[hole] = 0
        unlink(slot)
        memory.give(entries[Int(slot)].block)
        entries[Int(slot)].newer = firstFree
        firstFree = slot
    }

    mutating func removeAll() {
        for kind in JoinEntry.Kind.allCases {
            while oldest(kind) >= 0 { remove(oldest(kind)) }
        }
    }

    /// An entry's id and input, for a snapshot.
    func appendBytes(of slot: Int32, to bytes: inout [UInt8]) {
        let entry = entries[Int(slot)]
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: entry.byteCount))
        bytes.withUnsafeMutableBytes { all in
            var cursor = memory.cursor(in: entry.block)
            memory.read(into: UnsafeMutableRawBufferPointer(rebasing: all[start...]), at: &cursor)
        }
    }

    private mutating func append(_ slot: Int32) {
        let kind = entries[Int(slot)].kind.rawValue
        let last = lists[kind].newest
        entries[Int(slot)].older = last
        entries[Int(slot)].newer = -1
        if last >= 0 { entries[Int(last)].newer = slot } else { lists[kind].oldest = slot }
        lists[kind].newest = slot
        lists[kind].count += 1
    }

    private mutating func unlink(_ slot: Int32) {
        let entry = entries[Int(slot)]
        let kind = entry.kind.rawValue
        if entry.older >= 0 { entries[Int(entry.older)].newer = entry.newer } else { lists[kind].oldest = entry.newer }
        if entry.newer >= 0 { entries[Int(entry.newer)].older = entry.older } else { lists[kind].newest = entry.older }
        lists[kind].count -= 1
    }
}
