public import Records

extension FeatureEncoder: Checkpointable {
    /// The plain columns stand under `prefix` itself: that is all there is for a pipeline of numbers.
    public func save(to archive: inout StateArchive, under prefix: String) {
        columns.save(to: &archive, under: prefix)
        sequence.save(to: &archive, under: prefix)
        vocabularies.save(to: &archive, under: prefix)
        selector.save(to: &archive, under: prefix + "/selection")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try columns.restore(from: archive, under: prefix)
        try sequence.restore(from: archive, under: prefix)
        try vocabularies.restore(from: archive, under: prefix)
        try selector.restore(from: archive, under: prefix + "/selection")
    }
}
