internal import Records

/// The vocabularies of all features that have one.
struct VocabularyTable: ~Copyable {
    private let base: UnsafeMutablePointer<Vocabulary>
    let count: Int

    init(_ limits: [VocabularyLimits]) {
        count = limits.count
        base = .allocate(capacity: limits.count)
        for (index, one) in limits.enumerated() { (base + index).initialize(to: Vocabulary(one)) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// Columns of one of them: one for each value that may have one, and the last one for all others.
    func columns(in index: Int) -> Int { base[index].limits.cap + 1 }

    func column(of hash: UInt64, in index: Int) -> Int { base[index].column(of: hash) }

    mutating func update(_ hash: UInt64, in index: Int) { base[index].update(hash) }

    func save(to archive: inout StateArchive, under prefix: String) {
        for index in 0..<count { base[index].save(to: &archive, under: "\(prefix)/vocabulary/\(index)") }
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        for index in 0..<count { try base[index].restore(from: archive, under: "\(prefix)/vocabulary/\(index)") }
    }
}
