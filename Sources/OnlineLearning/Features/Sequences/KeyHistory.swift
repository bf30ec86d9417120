/// The newest values of each key, in memory that is made once.
///
/// Keys stand in groups of eight places by their hash. Where a group is full, a new key takes the place of the one that didn't
/// come for longest. Two keys of one hash would be one; of a million keys that happens once in 37 million streams.
/// - Shape: `[steps, width]` a key. Cost: O(width) a record to remember, O(steps × width) to recall. Allocates nothing after
///   `init`; 24 + 4 × steps × width bytes a place.
struct KeyHistory: ~Copyable {
    struct Entry: BitwiseCopyable {
        /// 0 for a free place.
        var hash: UInt64 = 0
        /// The record that came last, from 1.
        var last: UInt64 = 0
        /// How many records of the key were remembered, those that were written over since among them.
        var count: UInt64 = 0
    }

    static let group = 8

    let width: Int
    let steps: Int
    let entries: Storage<Entry>
    /// `[place, step, width]`: record n of a key, from 0, stands in step n mod `steps`.
    let values: Storage<Float>
    /// Records that were remembered, of all keys.
    var records: UInt64 = 0

    /// - Parameter steps: that are remembered; 0 or more.
    init(keys: Int, steps: Int, width: Int) {
        var groups = 1
        while groups * Self.group < keys { groups *= 2 }
        self.width = width
        self.steps = steps
        entries = Storage(repeating: Entry(), count: groups * Self.group)
        values = Storage(repeating: 0, count: groups * Self.group * steps * width)
    }

    /// Writes what is remembered of a key, oldest first.
    /// - Parameter hash: 0 for a record without a key, of which nothing is known.
    /// - Returns: the steps that were written.
    func recall(_ hash: UInt64, into target: UnsafeMutablePointer<Float>) -> Int {
        guard hash != 0 else { return 0 }
        let first = firstPlace(of: hash)
        for place in first..<first + Self.group where entries[place].hash == hash {
            let end = entries[place].count
            let count = min(Int(clamping: end), steps)
            for step in 0..<count {
                (target + step * width).update(from: start(place, end - UInt64(count - step)), count: width)
            }
            return count
        }
        return 0
    }

    /// Takes the next record of a key in.
    mutating func remember(_ hash: UInt64, _ row: UnsafePointer<Float>) {
        guard hash != 0, steps > 0 else { return }
        records += 1
        let first = firstPlace(of: hash)
        var place = first
        for candidate in first..<first + Self.group {
            if entries[candidate].hash == hash {
                place = candidate
                break
            }
            if entries[candidate].last < entries[place].last { place = candidate }
        }
        if entries[place].hash != hash { entries[place] = Entry(hash: hash) }
        start(place, entries[place].count).update(from: row, count: width)
        entries.base[place].last = records
        entries.base[place].count += 1
    }

    func firstPlace(of hash: UInt64) -> Int {
        (Int(truncatingIfNeeded: hash) & (entries.count / Self.group - 1)) * Self.group
    }

    private func start(_ place: Int, _ record: UInt64) -> UnsafeMutablePointer<Float> {
        values.base + (place * steps + Int(record % UInt64(steps))) * width
    }
}
