public import Records

extension FeatureEncoder: Checkpointable {
    /// The plain columns stand under `prefix` itself: that is all there is for a pipeline of numbers.
    public func save(to archive: inout StateArchive, under prefix: String) {
        columns.save(to: &archive, under: prefix)
        if stepColumns.featureCount > 0 { stepColumns.save(to: &archive, under: prefix + "/steps") }
        vocabularies.save(to: &archive, under: prefix)
        selector.save(to: &archive, under: prefix + "/selection")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try columns.restore(from: archive, under: prefix)
        if stepColumns.featureCount > 0 { try stepColumns.restore(from: archive, under: prefix + "/steps") }
        try vocabularies.restore(from: archive, under: prefix)
        try selector.restore(from: archive, under: prefix + "/selection")
    }
}
