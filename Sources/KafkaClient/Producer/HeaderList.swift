internal import CRdKafka

/// The headers of the next record to produce: a list of views that is filled, used and cleared again for each record,
/// so that nothing is allocated once it is long enough.
///
/// It copies nothing: names and values must stay where they are until the record is produced.
package struct HeaderList: ~Copyable {
    private var entries: UnsafeMutablePointer<rdkafka_header_view_t>
    private var capacity: Int
    package private(set) var count = 0

    package init(capacity: Int = 16) {
        self.capacity = max(1, capacity)
        entries = .allocate(capacity: self.capacity)
    }

    deinit { entries.deallocate() }

    package mutating func removeAll() { count = 0 }

    /// A header with a name that the program knows beforehand. Nil is a header without a value.
    package mutating func add(_ name: StaticString, _ value: UnsafeRawBufferPointer?) {
        precondition(name.hasPointerRepresentation, "a name of one character must be given as bytes")
        add(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), value)
    }

    /// A header passed on as it came.
    package mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
        if count == capacity { grow() }
        // C takes a NULL for a header without a value, so an empty value needs some address.
        entries[count] = rdkafka_header_view_t(
            name: name.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }, name_size: name.count,
            value: value.map { $0.baseAddress ?? UnsafeRawPointer(entries) }, value_size: value?.count ?? 0)
        count += 1
    }

    /// Hands over each header in order: its name, and its value where it has one.
    package func forEach(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Void) {
        for entry in UnsafeBufferPointer(start: entries, count: count) {
            body(
                UnsafeRawBufferPointer(start: entry.name, count: entry.name_size),
                entry.value.map { UnsafeRawBufferPointer(start: $0, count: entry.value_size) })
        }
    }

    var views: UnsafePointer<rdkafka_header_view_t> { UnsafePointer(entries) }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<rdkafka_header_view_t>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
