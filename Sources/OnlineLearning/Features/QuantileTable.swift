internal import Records

/// The sketches of the features that are scaled by quantiles.
struct QuantileTable: ~Copyable {
    private let sketches: Storage<QuantileSketch>

    init(count: Int) { sketches = Storage(repeating: QuantileSketch(), count: count) }

    /// Takes a finite value in, and gives what the scaling has to know.
    func add(_ value: Double, to index: Int) -> FeatureStatistics {
        sketches.base[index].add(value)
        var known = FeatureStatistics()
        known.count = sketches[index].count
        known.mean = sketches[index].median
        known.spread = sketches[index].spread
        return known
    }

    /// Nothing is written where there is no sketch.
    func save(to archive: inout StateArchive, under prefix: String) {
        guard sketches.count > 0 else { return }
        let numbers = Storage(repeating: 0.0, count: sketches.count * QuantileSketch.numbersCount)
        for index in 0..<sketches.count {
            sketches[index].write(to: numbers.base + index * QuantileSketch.numbersCount)
        }
        archive.put(
            "\(prefix)/quantiles", doubles: UnsafeBufferPointer(numbers.values),
            shape: [sketches.count, QuantileSketch.numbersCount])
    }

    func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        guard sketches.count > 0 else { return }
        let name = "\(prefix)/quantiles"
        let numbers = try archive.doubles(name, count: sketches.count * QuantileSketch.numbersCount)
        let restored = Storage(repeating: QuantileSketch(), count: sketches.count)
        for index in 0..<sketches.count {
            let sketch = numbers.withUnsafeBufferPointer { all in
                all.baseAddress.flatMap { QuantileSketch(numbers: $0 + index * QuantileSketch.numbersCount) }
            }
            guard let sketch else { throw .impossible(name: name, reason: "row \(index) is no sketch of any values") }
            restored[index] = sketch
        }
        sketches.base.update(from: restored.base, count: sketches.count)
    }
}
