internal import Records

/// Where the last records stood, coarsely: so that an alert can say from which offset on things are different.
/// - Cost: O(1) a record, memory is made at init.
struct PlaceRing: ~Copyable {
    /// One record in so many is noted, the last `capacity` of those.
    private static let every: UInt64 = 32
    private static let capacity = 256

    struct Place: Equatable {
        var number: UInt64
        var offset: Int64
        var time: Int64
    }

    private let places: UnsafeMutableBufferPointer<Place>

    init() {
        places = .allocate(capacity: Self.capacity)
        places.initialize(repeating: Place(number: 0, offset: 0, time: 0))
    }

    deinit { places.deallocate() }

    @inline(__always)
    func note(number: UInt64, offset: Int64, time: Int64) {
        guard number % Self.every == 1 else { return }
        places[Self.index(number)] = Place(number: number, offset: offset, time: time)
    }

    /// The noted record at or next before this one; nil where it has been forgotten.
    func place(of number: UInt64) -> Place? {
        guard number > 0 else { return nil }
        let noted = (number - 1) / Self.every * Self.every + 1
        let place = places[Self.index(noted)]
        return place.number == noted ? place : nil
    }

    private static func index(_ number: UInt64) -> Int { Int(number / every % UInt64(capacity)) }
}

extension PlaceRing: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(
            prefix,
            counters: places.flatMap { [$0.number, UInt64(bitPattern: $0.offset), UInt64(bitPattern: $0.time)] })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let values = try archive.counters(prefix, count: 3 * Self.capacity)
        for index in places.indices {
            places[index] = Place(
                number: values[3 * index], offset: Int64(bitPattern: values[3 * index + 1]),
                time: Int64(bitPattern: values[3 * index + 2]))
        }
    }
}
