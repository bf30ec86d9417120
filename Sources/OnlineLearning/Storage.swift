/// Owner of a fixed run of values, freed with it.
///
/// Memory is taken at `init` only. Aligned to 64 bytes, a cache line.
struct Storage<Element>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: Swift.max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        base = raw.bindMemory(to: Element.self, capacity: count)
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    /// A copy of `values`; `filler` is what memory is made with.
    init(_ values: [Element], or filler: Element) {
        self.init(repeating: filler, count: values.count)
        for (index, value) in values.enumerated() { base[index] = value }
    }

    deinit {
        base.deinitialize(count: count)
        UnsafeMutableRawPointer(base).deallocate()
    }

    var values: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}
