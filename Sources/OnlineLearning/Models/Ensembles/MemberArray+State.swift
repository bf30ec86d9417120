public import Records

extension MemberArray where Member: OnlineLearner & ~Copyable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        for index in 0..<count { self[index].save(to: &archive, under: "\(prefix)/\(index)") }
    }

    /// Takes over the states of all members, or of none.
    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var before = StateArchive()
        save(to: &before, under: prefix)
        for index in 0..<count {
            do {
                try self[index].restore(from: archive, under: "\(prefix)/\(index)")
            } catch {
                // Their own states of a moment ago; there is nothing in them that they could refuse.
                for earlier in 0..<index { try self[earlier].restore(from: before, under: "\(prefix)/\(earlier)") }
                throw error
            }
        }
    }
}
