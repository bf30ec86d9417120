internal import Records

/// Which values of a category have a column of their own, learned from the stream in bounded memory.
///
/// A value gets a column once it has come `minimum` times and one is free; it loses it once it hasn't come for `expiry`
/// records. Of free columns the one that was given up first, or never used, is taken, so that a value seldom inherits what
/// was learned of another. Values are counted in groups of eight places by their hash; where a group is full, a new value
/// takes the place of the rarest that has no column.
/// - Cost: O(1) a record; O(cap) where a value that comes often enough has no column. Memory: 272 to 528 bytes for each of
///   `cap`.
struct Vocabulary: ~Copyable {
    struct Entry: BitwiseCopyable {
        /// 0 for a free place.
        var hash: UInt64 = 0
        /// How often it came since it took its place.
        var count: UInt64 = 0
        /// The record in which it came last, from 1.
        var last: UInt64 = 0
        /// -1 where it has none.
        var column: Int = -1
    }

    /// What is known of one column.
    struct Column: BitwiseCopyable {
        /// The place of the value that has it; -1 where it is free.
        var entry: Int = -1
        /// The record after which it was given up; 0 where it was never used.
        var freed: UInt64 = 0
    }

    static let group = 8

    let limits: VocabularyLimits
    let entries: Storage<Entry>
    let columns: Storage<Column>
    /// Records seen, those without the category among them.
    var records: UInt64 = 0

    init(_ limits: VocabularyLimits) {
        self.limits = limits
        var groups = 1
        while groups < limits.cap { groups *= 2 }
        entries = Storage(repeating: Entry(), count: groups * Self.group)
        columns = Storage(repeating: Column(), count: limits.cap)
    }

    /// The column of a value; `cap` for one that has none.
    func column(of hash: UInt64) -> Int {
        let first = firstPlace(of: hash)
        for place in first..<first + Self.group where entries[place].hash == hash {
            let entry = entries[place]
            return entry.column < 0 || hasExpired(entry, at: records + 1) ? limits.cap : entry.column
        }
        return limits.cap
    }

    /// Takes a record in; `hash` is 0 where it hasn't the category.
    mutating func update(_ hash: UInt64) {
        records += 1
        giveUpOne()
        guard hash != 0 else { return }
        let place = place(for: hash)
        guard place >= 0 else { return }
        if hasExpired(entries[place], at: records) { release(place) }
        entries.base[place].hash = hash
        entries.base[place].count += 1
        entries.base[place].last = records
        if entries[place].column < 0, entries[place].count >= UInt64(limits.minimum) { giveColumn(to: place) }
    }

    func firstPlace(of hash: UInt64) -> Int {
        (Int(truncatingIfNeeded: hash) & (entries.count / Self.group - 1)) * Self.group
    }

    private func hasExpired(_ entry: Entry, at record: UInt64) -> Bool {
        entry.column >= 0 && limits.expiry > 0 && record - entry.last > UInt64(limits.expiry)
    }

    /// Where the value stands or may stand; -1 where all places of its group are taken by values with a column.
    private mutating func place(for hash: UInt64) -> Int {
        let first = firstPlace(of: hash)
        var rarest = -1
        for place in first..<first + Self.group {
            let entry = entries[place]
            if entry.hash == hash { return place }
            guard entry.column < 0 else { continue }
            if rarest < 0 || entry.count < entries[rarest].count
                || (entry.count == entries[rarest].count && entry.last < entries[rarest].last)
            {
                rarest = place
            }
        }
        if rarest >= 0 { entries[rarest] = Entry() }
        return rarest
    }

    /// Looks at one column a record, so that those of values that don't come any more are found.
    private mutating func giveUpOne() {
        guard limits.expiry > 0 else { return }
        let owner = columns[Int(records % UInt64(columns.count))].entry
        if owner >= 0, hasExpired(entries[owner], at: records) { release(owner) }
    }

    private mutating func release(_ place: Int) {
        columns[entries[place].column] = Column(entry: -1, freed: records)
        entries[place] = Entry()
    }

    private mutating func giveColumn(to place: Int) {
        var chosen = -1
        for column in 0..<columns.count where columns[column].entry < 0 {
            if chosen < 0 || columns[column].freed < columns[chosen].freed { chosen = column }
        }
        guard chosen >= 0 else { return }
        columns.base[chosen].entry = place
        entries.base[place].column = chosen
    }
}
