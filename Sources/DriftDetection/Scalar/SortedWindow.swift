internal import Records

/// The newest values of a stream, by age and by size.
///
/// - Memory: a value and two words each, made at init. Cost: O(capacity) a value; allocates nothing.
struct SortedWindow: ~Copyable {
    let capacity: Int
    private(set) var count = 0
    private var oldest = 0
    private let values: UnsafeMutablePointer<Double>
    /// The places of the ring by their values, smallest first.
    private let order: UnsafeMutablePointer<Int>

    /// - Parameter capacity: 0 for a window that is never used, and takes no memory.
    init(capacity: Int) {
        self.capacity = capacity
        values = .allocate(capacity: capacity)
        order = .allocate(capacity: capacity)
        values.initialize(repeating: 0, count: capacity)
        order.initialize(repeating: 0, count: capacity)
    }

    deinit {
        values.deallocate()
        order.deallocate()
    }

    var isFull: Bool { count == capacity }

    /// The ring's place of the value with so many older ones.
    @inline(__always)
    func place(_ index: Int) -> Int {
        let place = oldest + index
        return place < capacity ? place : place - capacity
    }

    /// The mean of the values, oldest first; 0 while there is none.
    var mean: Double {
        var sum = 0.0
        for index in 0..<count { sum += values[place(index)] }
        return count == 0 ? 0 : sum / Double(count)
    }

    mutating func removeAll() { (count, oldest) = (0, 0) }

    /// Adds a value, in the place of the oldest one where the window is full.
    mutating func append(_ value: Double) {
        if isFull { removeOldest() }
        let new = place(count)
        values[new] = value
        var rank = count
        while rank > 0 && values[order[rank - 1]] > value {
            order[rank] = order[rank - 1]
            rank -= 1
        }
        order[rank] = new
        count += 1
    }

    private mutating func removeOldest() {
        var rank = 0
        while order[rank] != oldest { rank += 1 }
        count -= 1
        while rank < count {
            order[rank] = order[rank + 1]
            rank += 1
        }
        oldest = place(1)
    }

    /// The largest magnitude of the sum of the sides of all values up to one of them.
    /// - Parameter sides: one a place.
    func largestDifference(of sides: UnsafeMutablePointer<Int8>) -> Int {
        var (sum, largest) = (0, 0)
        for rank in 0..<count {
            sum += Int(sides[order[rank]])
            // Equal values come together, and only after the last of them it counts.
            if rank + 1 < count && values[order[rank]] == values[order[rank + 1]] { continue }
            largest = max(largest, abs(sum))
        }
        return largest
    }
}

extension SortedWindow: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/window", doubles: (0..<count).map { values[place($0)] })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let restored = try archive.doubles("\(prefix)/window")
        guard restored.count <= capacity, restored.allSatisfy(\.isWatchable) else {
            throw .impossible(
                name: "\(prefix)/window", reason: "more values than are kept, or one that no detector takes")
        }
        removeAll()
        for value in restored { append(value) }
    }
}
