/// Runs of bytes of any length, in chained blocks of one size, so that what is given back in any order is of use again.
/// - Cost: O(bytes) to write, read and compare, O(blocks) to take and give back; allocates nothing after `init`. A page of it
///   that was never written costs nothing either.
struct BlockMemory: ~Copyable {
    static let blockSize = 64

    /// A place within a run.
    struct Cursor {
        fileprivate var block: Int32
        fileprivate var offset = 0
    }

    /// Blocks.
    let capacity: Int
    private(set) var used = 0
    private let bytes: UnsafeMutableRawPointer
    /// The block after each one: of its run, or among the free ones; -1 at the end.
    private let next: UnsafeMutablePointer<Int32>
    private var firstFree: Int32 = -1
    /// Blocks from here on were never used.
    private var untouched = 0

    /// - Parameter byteCount: at most; one block at least.
    init(byteCount: Int) {
        capacity = min(max(byteCount / Self.blockSize, 1), Int(Int32.max))
        bytes = .allocate(byteCount: capacity * Self.blockSize, alignment: Self.blockSize)
        next = .allocate(capacity: capacity)
    }

    deinit {
        bytes.deallocate()
        next.deallocate()
    }

    /// Blocks that a run of so many bytes takes.
    static func blocks(_ byteCount: Int) -> Int { max((byteCount + blockSize - 1) / blockSize, 1) }

    func hasRoom(for byteCount: Int) -> Bool { capacity - used >= Self.blocks(byteCount) }
    /// Whether it would have room if it were empty.
    func couldHold(_ byteCount: Int) -> Bool { capacity >= Self.blocks(byteCount) }

    /// Takes a run, for which there must be room.
    /// - Returns: its first block.
    mutating func take(_ byteCount: Int) -> Int32 {
        var first: Int32 = -1
        for _ in 0..<Self.blocks(byteCount) {
            let block: Int32
            if firstFree >= 0 {
                block = firstFree
                firstFree = next[Int(block)]
            } else {
                block = Int32(untouched)
                untouched += 1
            }
            next[Int(block)] = first
            first = block
            used += 1
        }
        return first
    }

    /// Gives back what a run has beyond its first bytes.
    mutating func shorten(_ first: Int32, to byteCount: Int) {
        var last = Int(first)
        for _ in 1..<Self.blocks(byteCount) { last = Int(next[last]) }
        let rest = next[last]
        next[last] = -1
        if rest >= 0 { give(rest) }
    }

    /// Gives a whole run back.
    mutating func give(_ first: Int32) {
        var block = first
        while block >= 0 {
            let following = next[Int(block)]
            next[Int(block)] = firstFree
            firstFree = block
            used -= 1
            block = following
        }
    }

    /// The place of a run's byte at `offset`, which it has or would have next.
    func cursor(in first: Int32, at offset: Int = 0) -> Cursor {
        var block = first
        for _ in 0..<max(offset - 1, 0) / Self.blockSize { block = next[Int(block)] }
        return Cursor(block: block, offset: offset == 0 ? 0 : (offset - 1) % Self.blockSize + 1)
    }

    func write(_ source: UnsafeRawBufferPointer, at cursor: inout Cursor) {
        var done = 0
        while done < source.count {
            let (place, count) = piece(at: &cursor, atMost: source.count - done)
            place.copyMemory(from: source.baseAddress! + done, byteCount: count)
            done += count
        }
    }

    func read(into target: UnsafeMutableRawBufferPointer, at cursor: inout Cursor) {
        var done = 0
        while done < target.count {
            let (place, count) = piece(at: &cursor, atMost: target.count - done)
            (target.baseAddress! + done).copyMemory(from: place, byteCount: count)
            done += count
        }
    }

    /// Whether a run begins with these bytes.
    func begins(_ first: Int32, with other: UnsafeRawBufferPointer) -> Bool {
        var cursor = cursor(in: first)
        var done = 0
        while done < other.count {
            let (place, count) = piece(at: &cursor, atMost: other.count - done)
            let same = UnsafeRawBufferPointer(start: place, count: count)
                .elementsEqual(UnsafeRawBufferPointer(rebasing: other[done..<done + count]))
            guard same else { return false }
            done += count
        }
        return true
    }

    /// What of the cursor's block can be used at once; the cursor goes behind it.
    @inline(__always)
    private func piece(at cursor: inout Cursor, atMost most: Int) -> (UnsafeMutableRawPointer, Int) {
        if cursor.offset == Self.blockSize {
            cursor.block = next[Int(cursor.block)]
            cursor.offset = 0
        }
        let place = bytes + Int(cursor.block) * Self.blockSize + cursor.offset
        let count = min(most, Self.blockSize - cursor.offset)
        cursor.offset += count
        return (place, count)
    }
}
