/// What one topic of a pipeline should be, as a file under `Topics/` declares it.
package struct TopicDeclaration: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case features, predictions, drift
        case deadLetters = "dead-letters"
        case labels, journal, mix, snapshots
    }

    package var kind: Kind
    /// The default name, with `<pipeline>` for the pipeline's name.
    package var namePattern: String
    package var partitions: Int
    /// -1: as many as the brokers' `default.replication.factor` says (Kafka ≥ 2.4).
    package var replicas: Int
    /// Kafka's topic settings; those that aren't named are left to the brokers.
    package var config: [String: String]
    /// Files of the JSON Schemas of its records, next to the declaration; empty where they aren't JSON.
    package var schemas: [String]

    /// The topic's name in a pipeline.
    package func name(in topics: TopicNames) -> String {
        switch kind {
        case .features: topics.features
        case .predictions: topics.predictions
        case .drift: topics.drift
        case .deadLetters: topics.deadLetters
        // One that isn't named isn't used.
        case .labels: topics.labels ?? ""
        case .journal: topics.journal
        case .snapshots: topics.snapshots
        case .mix: topics.mix
        }
    }

    /// Whether a pipeline reads or writes the topic. One that it doesn't use need not exist.
    package func isUsed(by settings: PipelineSettings) -> Bool {
        switch kind {
        case .features, .predictions, .drift, .deadLetters: true
        case .labels: settings.labels != nil
        case .journal: settings.usesJournal
        case .snapshots: settings.snapshots.store == .topic
        case .mix: settings.mix != nil
        }
    }
}

/// The declarations of all kinds, in the order of `TopicDeclaration.Kind`.
package enum TopicDeclarations {
    /// Those of a folder; for kinds that no file declares, the ones that the program carries.
    /// - Throws: `SettingsErrors` with everything that is wrong with the files.
    package static func load(folder: String) throws(SettingsErrors) -> [TopicDeclaration] {
        try TopicDeclarationReader.read(TopicDeclarationReader.files(in: folder))
    }

    /// The project's own declarations.
    ///
    /// They are in the program's source, and a test holds them against the files, because a program that is copied
    /// alone into an image has neither the folder nor a resource bundle next to it.
    package static func builtIn() throws(SettingsErrors) -> [TopicDeclaration] {
        try TopicDeclarationReader.read([])
    }
}

extension [TopicDeclaration] {
    /// Those of the topics that a pipeline uses.
    package func used(by settings: PipelineSettings) -> [TopicDeclaration] { filter { $0.isUsed(by: settings) } }
}
