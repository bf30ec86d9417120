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

    package init(_ producer: Producer, topics names: TopicNames) throws(KafkaError) {
        self.producer = producer
        topics = try OutputTopics(producer, names)
    }
}

/// The handles of the topics that a task writes to.
struct OutputTopics {
    private let predictions: ProducerTopic
    private let drift: ProducerTopic
    private let deadLetters: ProducerTopic
    private let producer: Producer
    private let names: TopicNames

    init(_ producer: Producer, _ names: TopicNames) throws(KafkaError) {
        self.producer = producer
        self.names = names
        predictions = try producer.topic(names.predictions)
        drift = try producer.topic(names.drift)
        deadLetters = try producer.topic(names.deadLetters)
    }

    subscript(kind: OutputKind) -> ProducerTopic {
        switch kind {
        case .prediction: predictions
        case .drift: drift
        case .deadLetter: deadLetters
        case .mix: used(names.mix)
        case .journal: used(names.journal)
        }
    }

    /// A topic that not every pipeline uses: to name it can be enough for brokers to create it. It is made once, and can't be
    /// had only of a closed producer, which takes no record of any topic.
    private func used(_ name: String) -> ProducerTopic { (try? producer.topic(name)) ?? drift }
}

extension TopicNames {
    /// The topic that a record came from.
    func name(of record: InputRecord) -> String {
        switch record.input {
        case .features: features
        case .labels: labels ?? features
        case .mix: mix
        }
    }

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
