package import KafkaClient
internal import Records
package import Settings

/// Where a worker's outputs leave.
package enum Outlet {
    /// At once, each for itself: offsets follow the delivery reports.
    case plain(PlainOutlet)
    /// Within transactions that hold the offsets too.
    case transactions(TransactionPair)
}

/// One idempotent producer and its topics.
package final class PlainOutlet {
    package let producer: Producer
    let topics: OutputTopics

    package init(_ producer: Producer, settings: PipelineSettings) throws(KafkaError) {
        self.producer = producer
        topics = try OutputTopics(producer, settings)
    }
}

/// The handles of the topics that a task writes to.
struct OutputTopics {
    private let predictions: ProducerTopic
    private let drift: ProducerTopic
    private let deadLetters: ProducerTopic
    private let mix: ProducerTopic
    private let journal: ProducerTopic

    init(_ producer: Producer, _ settings: PipelineSettings) throws(KafkaError) {
        let names = settings.topics
        predictions = try producer.topic(names.predictions)
        drift = try producer.topic(names.drift)
        deadLetters = try producer.topic(names.deadLetters)
        // Where nothing goes there: to name a topic can be enough for brokers to create it.
        mix = try settings.mix != nil ? producer.topic(names.mix) : drift
        journal = try settings.usesJournal ? producer.topic(names.journal) : drift
    }

    subscript(kind: OutputKind) -> ProducerTopic {
        switch kind {
        case .prediction: predictions
        case .drift: drift
        case .deadLetter: deadLetters
        case .mix: mix
        case .journal: journal
        }
    }
}

extension TopicNames {
    /// What kind of output goes to the topic of this name.
    func kind(of topic: String) -> OutputKind {
        switch topic {
        case predictions: .prediction
        case drift: .drift
        case mix: .mix
        case journal: .journal
        default: .deadLetter
        }
    }
}
