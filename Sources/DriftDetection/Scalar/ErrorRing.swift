internal import Records

/// The newest errors and hits of a stream, up to a number of them.
///
/// - Memory: one byte a value, made at init.
struct ErrorRing: ~Copyable {
    let capacity: Int
    private(set) var count = 0
    private var oldest = 0
    private let values: UnsafeMutablePointer<UInt8>

    /// - Parameter capacity: 0 for a ring that is never used, and takes no memory.
    init(capacity: Int) {
        self.capacity = capacity
        values = .allocate(capacity: capacity)
        values.initialize(repeating: 0, count: capacity)
    }

    deinit { values.deallocate() }

    var isFull: Bool { count == capacity }

    /// The value with so many older ones.
    @inline(__always)
    func isError(_ index: Int) -> Bool { values[slot(index)] != 0 }

    /// Adds a value, in the place of the oldest one where the ring is full.
    mutating func append(_ isError: Bool) {
        if isFull { removeOldest() }
        values[slot(count)] = isError ? 1 : 0
        count += 1
    }

    /// Drops the oldest value. The ring holds one.
    mutating func removeOldest() {
        oldest = slot(1)
        count -= 1
    }

    /// Drops all but the newest values.
    mutating func keepNewest(_ kept: Int) {
        oldest = slot(count - kept)
        count = kept
    }

    mutating func removeAll() { (count, oldest) = (0, 0) }

    @inline(__always)
    private func slot(_ index: Int) -> Int {
        let slot = oldest + index
        return slot < capacity ? slot : slot - capacity
    }
}

extension ErrorRing: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/errors", bytes: (0..<count).map { isError($0) ? 1 : 0 })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let errors = try archive.bytes("\(prefix)/errors")
        guard errors.count <= capacity, errors.allSatisfy({ $0 <= 1 }) else {
            throw .impossible(name: "\(prefix)/errors", reason: "more values than are stored, or one besides 0 and 1")
        }
        removeAll()
        for error in errors { append(error == 1) }
    }
}
