/// Owner of a run of values that may get longer, up to a bound that its owner keeps.
///
/// - Cost: growing is O(count), and doubles the capacity, so that a run of n values is copied O(log n) times.
struct GrowingStorage<Element: BitwiseCopyable>: ~Copyable {
    private var storage: Storage<Element>
    private let filler: Element

    init(repeating value: Element, capacity: Int) {
        filler = value
        storage = Storage(repeating: value, count: capacity)
    }

    @inline(__always)
    var base: UnsafeMutablePointer<Element> { storage.base }

    /// Makes room for `count` values; what is added is the filler.
    mutating func reserve(_ count: Int) {
        guard count > storage.count else { return }
        let larger = Storage(repeating: filler, count: max(count, 2 * storage.count))
        larger.base.update(from: storage.base, count: storage.count)
        storage = larger
    }
}
