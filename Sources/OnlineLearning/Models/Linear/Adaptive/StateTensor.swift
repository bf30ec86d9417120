internal import Records

/// What the numbers of a tensor of an adaptive model can be.
enum TensorRange {
    static let weights = -Parameters.largestMagnitude...Parameters.largestMagnitude
    static let squares = 0...Parameters.largestMagnitude
    /// Parts of a whole: never 0, so that every expert can come back.
    static let parts = Float.leastNormalMagnitude...1.0001
}

/// One part of a model's state as it lies in memory, with its name and what its numbers can be.
///
/// It is valid as long as the model is; it is made at snapshots only.
struct StateTensor {
    let name: String
    let values: UnsafeBufferPointer<Float>
    let range: ClosedRange<Float>

    /// - Parameter storage: of floats, or of vectors of floats.
    init<Element: BitwiseCopyable>(
        _ name: String, _ storage: borrowing Storage<Element>, _ range: ClosedRange<Float>
    ) {
        self.name = name
        let count = storage.count * MemoryLayout<Element>.stride / MemoryLayout<Float>.stride
        values = UnsafeBufferPointer(
            start: UnsafeRawPointer(storage.base).assumingMemoryBound(to: Float.self), count: count)
        self.range = range
    }

    /// - Parameter others: as many.
    func replace(with others: [Float]) {
        UnsafeMutablePointer(mutating: values.baseAddress)?.update(from: others, count: others.count)
    }
}

extension StateArchive {
    /// - Throws: `StateError` where the tensor isn't there, has another count, or holds a number beyond `range`.
    func floats(_ name: String, count: Int, within range: ClosedRange<Float>) throws(StateError) -> [Float] {
        let values = try floats(name, count: count)
        for index in values.indices where !range.contains(values[index]) {
            throw .impossible(name: name, reason: "element \(index) is \(values[index])")
        }
        return values
    }
}
