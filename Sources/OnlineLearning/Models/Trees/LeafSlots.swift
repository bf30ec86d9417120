/// The statistics of the leaves that may still be split, in slots of equal size without gaps.
///
/// Which slot a leaf has depends on what came before and says nothing, so a snapshot has them in the order of the nodes.
struct LeafSlots: ~Copyable {
    private(set) var used = 0
    let maximum: Int
    private let size: Int
    private let inputCount: Int
    private var values: GrowingStorage<Double>
    private var inputs: GrowingStorage<UInt32>
    private var owners: GrowingStorage<Int32>

    init(_ shape: TreeShape, maximum: Int) {
        self.maximum = maximum
        size = shape.leaf
        inputCount = shape.observed
        values = GrowingStorage(repeating: 0, capacity: 4 * size)
        inputs = GrowingStorage(repeating: 0, capacity: 4 * inputCount)
        owners = GrowingStorage(repeating: 0, capacity: 4)
    }

    @inline(__always)
    func values(_ slot: Int) -> UnsafeMutablePointer<Double> { values.base + slot * size }

    /// The inputs that a leaf watches.
    @inline(__always)
    func inputs(_ slot: Int) -> UnsafeMutablePointer<UInt32> { inputs.base + slot * inputCount }

    func owner(_ slot: Int) -> Int { Int(owners.base[slot]) }

    /// A slot of zeros for a node; nil where all are taken.
    mutating func take(for node: Int) -> Int? {
        guard used < maximum else { return nil }
        let slot = used
        used += 1
        values.reserve(used * size)
        inputs.reserve(used * inputCount)
        owners.reserve(used)
        values(slot).update(repeating: 0, count: size)
        owners.base[slot] = Int32(node)
        return slot
    }

    /// Frees a slot by moving the last one into it.
    /// - Returns: the node whose slot moved, and must be told; nil where none did.
    mutating func release(_ slot: Int) -> Int? {
        used -= 1
        guard slot != used else { return nil }
        values(slot).update(from: values(used), count: size)
        inputs(slot).update(from: inputs(used), count: inputCount)
        owners.base[slot] = owners.base[used]
        return owner(slot)
    }

    mutating func removeAll() { used = 0 }
}
