internal import OnlineLearning

/// Where an entry's input is put together again for a model to see. It grows to the largest one and stays.
struct JoinScratch: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var byteCount = 4096

    init() { memory = .allocate(byteCount: byteCount, alignment: 64) }

    deinit { memory.deallocate() }

    /// The input and the probabilities of an entry, valid until the next call.
    /// - Parameter cursor: behind the entry's id.
    mutating func read(
        _ entry: JoinEntry, from blocks: borrowing BlockMemory, at cursor: BlockMemory.Cursor
    ) -> (input: InputVector, probabilities: UnsafeBufferPointer<Float>) {
        let (dense, sparse) = (Int(entry.dense), Int(entry.sparse))
        let probabilities = Int(entry.probabilities)
        // Sparse values first: what they are aligned to does for floats too.
        let floats = sparse * MemoryLayout<SparseValue>.stride
        let needed = floats + (dense + probabilities) * MemoryLayout<Float>.stride
        if needed > byteCount {
            memory.deallocate()
            byteCount = needed * 2
            memory = .allocate(byteCount: byteCount, alignment: 64)
        }
        var cursor = cursor
        blocks.read(into: UnsafeMutableRawBufferPointer(start: memory, count: needed), at: &cursor)
        let denseStart = (memory + floats).assumingMemoryBound(to: Float.self)
        return (
            InputVector(
                dense: UnsafeBufferPointer(start: denseStart, count: dense),
                sparse: UnsafeBufferPointer(
                    start: memory.assumingMemoryBound(to: SparseValue.self), count: sparse),
                steps: Int(entry.steps)),
            UnsafeBufferPointer(start: denseStart + dense, count: probabilities)
        )
    }
}
