extension PipelineSettings {
    /// Whether a task has inputs beside its features partition. Then the order in which it consumed them is written to the
    /// journal topic; with one input the partition itself is the order.
    package var usesJournal: Bool { mix != nil || labels != nil }

    /// The topics that must be there before the pipeline starts, its inputs first.
    package var usedTopics: [String] {
        [topics.features, topics.predictions, topics.drift, topics.deadLetters] + alignedTopics
    }

    /// The topics whose partitions belong to those of the features topic, one to one: their counts must be the same.
    package var alignedTopics: [String] {
        [topics.labels].compactMap { $0 } + (usesJournal ? [topics.journal] : []) + (mix != nil ? [topics.mix] : [])
            + (snapshots.store == .topic ? [topics.snapshots] : [])
    }
}
