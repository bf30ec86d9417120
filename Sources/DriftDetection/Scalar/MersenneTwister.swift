package import Records

/// The generator MT19937, seeded by an array of words, as Python's `random.Random` has it.
///
/// - Memory: twice 624 words, made at init: starting anew copies them.
/// - Source: Matsumoto and Nishimura, Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
///   generator, ACM TOMACS 8 (1998), with the initialization of 2002.
package struct MersenneTwister: ~Copyable {
    static let size = 624
    private static let middle = 397

    private let first: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UInt32>
    /// The words of this round that were taken; all of them at the start.
    private var taken = MersenneTwister.size

    /// The generator that Python makes of the integer `seed`.
    /// - Parameter isUsed: false for one that is never asked, and takes no memory.
    package init(seed: UInt64, isUsed: Bool = true) {
        let low = UInt32(truncatingIfNeeded: seed)
        let high = UInt32(truncatingIfNeeded: seed >> 32)
        self.init(key: isUsed ? high == 0 ? [low] : [low, high] : [])
    }

    /// - Parameter key: at least one word, or none for a generator that is never asked.
    package init(key: [UInt32]) {
        let size = key.isEmpty ? 0 : Self.size
        first = .allocate(capacity: size)
        words = .allocate(capacity: size)
        guard size > 0 else { return }
        first[0] = 19_650_218
        for index in 1..<size { first[index] = 1_812_433_253 &* Self.mixed(first[index - 1]) &+ UInt32(index) }
        var (place, next) = (1, 0)
        for _ in 0..<max(size, key.count) {
            let stirred = first[place] ^ (Self.mixed(first[place - 1]) &* 1_664_525)
            first[place] = stirred &+ key[next] &+ UInt32(next)
            next = next + 1 == key.count ? 0 : next + 1
            place = Self.advance(place, first)
        }
        for _ in 1..<size {
            first[place] = (first[place] ^ (Self.mixed(first[place - 1]) &* 1_566_083_941)) &- UInt32(place)
            place = Self.advance(place, first)
        }
        first[0] = 1 << 31
        words.initialize(from: first, count: size)
    }

    deinit {
        first.deallocate()
        words.deallocate()
    }

    private static func mixed(_ word: UInt32) -> UInt32 { word ^ (word >> 30) }

    /// The place after this one; the last word goes round to the first.
    private static func advance(_ place: Int, _ words: UnsafeMutablePointer<UInt32>) -> Int {
        guard place + 1 == size else { return place + 1 }
        words[0] = words[size - 1]
        return 1
    }

    /// Goes back to the state after the seed.
    package mutating func startAnew() {
        words.update(from: first, count: Self.size)
        taken = Self.size
    }

    package mutating func next() -> UInt32 {
        if taken == Self.size { turn() }
        var word = words[taken]
        taken += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9d2c_5680
        word ^= (word << 15) & 0xefc6_0000
        return word ^ (word >> 18)
    }

    /// A number below `bound`, as Python's `randbelow` draws it: the upper bits of a word, again while they are too many.
    /// - Parameter bound: at least 1.
    mutating func below(_ bound: Int) -> Int {
        let unused = bound.leadingZeroBitCount - (Int.bitWidth - UInt32.bitWidth)
        while true {
            let drawn = Int(next() >> UInt32(unused))
            if drawn < bound { return drawn }
        }
    }

    private mutating func turn() {
        for index in 0..<Self.size {
            let following = words[index + 1 == Self.size ? 0 : index + 1]
            let joined = (words[index] & 0x8000_0000) | (following & 0x7fff_ffff)
            let far = words[index + Self.middle < Self.size ? index + Self.middle : index + Self.middle - Self.size]
            words[index] = far ^ (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_b0df)
        }
        taken = 0
    }
}

extension MersenneTwister: Checkpointable {
    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/generator", counters: [UInt64(taken)] + (0..<Self.size).map { UInt64(words[$0]) })
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let state = try archive.counters("\(prefix)/generator", count: 1 + Self.size)
        guard state[0] <= UInt64(Self.size), state.dropFirst().allSatisfy({ $0 <= UInt64(UInt32.max) }) else {
            throw .impossible(name: "\(prefix)/generator", reason: "no state of MT19937")
        }
        taken = Int(state[0])
        for index in 0..<Self.size { words[index] = UInt32(state[index + 1]) }
    }
}
