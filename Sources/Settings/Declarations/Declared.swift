/// All settings: here each one stands once, and everything else about it follows.
///
/// `all` is the order of the page and of the help text.
package enum Declared {
    package static let all: [SettingDeclaration] =
        general + topicsAndRecords + labels + featuresAndTarget + learning + watching + running

    /// Sections of the page: a title, what they are about, and their settings.
    package static let sections: [(title: String, summary: String, settings: [SettingDeclaration])] = [
        ("Pipeline", "What the pipeline is called and how it talks to Kafka.", general),
        ("Topics and records", "Where records come from and go to, and where their parts stand.", topicsAndRecords),
        (
            "Labels that come later",
            "How labels of a topic of their own find their predictions; with `topics.labels` alone.",
            labels
        ),
        ("Features and target", "What the model sees and what it predicts.", featuresAndTarget),
        ("Model and learning", "How it learns.", learning),
        ("Drift and evaluation", "What is measured while it runs.", watching),
        ("Running", "Snapshots, commits, threads and HTTP.", running),
    ]

    // MARK: Pipeline

    static let pipeline = Setting(
        required: "pipeline", .topicName(example: "electricity", longest: 200),
        "Name of the pipeline. It prefixes topics and metrics, and is the consumer group where `kafka` sets none.")
    static let bootstrapServers = Setting(
        required: "kafka.bootstrap.servers", .text("host:port, several with commas", example: "localhost:9092"),
        "Brokers to start from. All other keys under `kafka` go to librdkafka as they are.")
    static let delivery: Setting<Delivery> = Setting(
        "delivery", .choice(), default: .atLeastOnce,
        "What a crash may repeat: with `at-least-once` some outputs, with the same `millrace-input` header; with `exactly-once` nothing, for readers of committed records: outputs and offsets are in one transaction."
    )

    private static let general = [pipeline.declaration, bootstrapServers.declaration, delivery.declaration]

    // MARK: Topics and records

    static let featuresTopic = topic("features", "Topic of the feature records.")
    static let predictionsTopic = topic("predictions", "Topic of the predictions, one for each accepted record.")
    static let driftTopic = topic("drift", "Topic of drift metrics and alerts.")
    static let deadLettersTopic = topic("dead-letters", "Topic of refused records, as they came, with the reason.")
    static let journalTopic = topic("journal", "Internal topic of consumed runs, where a pipeline has several inputs.")
    static let snapshotsTopic = topic("snapshots", "Internal topic of snapshots, where they are kept in Kafka.")

    static let labelsTopic: Setting<String> = Setting(
        "topics.labels", .topicName(example: "electricity.labels"), otherwise: "labels stand in the feature records",
        "Topic of labels that come later than their feature records. With it, labels inside feature records aren't looked at."
    )
    static let mixTopic = topic("mix", "Internal topic by which models of the scope `shared` learn of each other.")

    private static func topic(_ name: String, _ summary: String) -> Setting<String> {
        Setting(
            "topics.\(name)", .topicName(example: "electricity.\(name)"), otherwise: "`<pipeline>.\(name)`", summary)
    }

    /// The form of a feature record's value.
    enum RecordFormat: String, CaseIterable, Sendable { case json }

    static let format = Setting(
        "record.format", .choice(only: [RecordFormat.json], later: ["avro", "protobuf", "packed float32"]),
        default: .json, "Form of the feature records' values.")
    static let id = Setting(
        "record.id", .pointer(example: "/id"), default: "/id",
        "Where the record's id stands: a string or a number, echoed as it stood. Without one the Kafka key, else topic-partition-offset."
    )
    static let timestamp = Setting(
        "record.timestamp", .pointer(example: "/timestamp"), default: "/timestamp",
        "Where the event time stands: milliseconds since 1970, or RFC 3339. Without one Kafka's.")
    static let label = Setting(
        "record.label", .pointer(example: "/label"), default: "/label",
        "Where the label stands. A record without one is predicted and not learned.")
    static let weight = Setting(
        "record.weight", .pointer(example: "/weight"), default: "/weight",
        "Where the record's importance stands: 0 or more, 1 where there is none. Weight 0 is not learned.")

    private static let topicsAndRecords =
        [
            featuresTopic, labelsTopic, predictionsTopic, driftTopic, deadLettersTopic, journalTopic, snapshotsTopic,
            mixTopic,
        ]
        .map(\.declaration)
        + [format.declaration] + [id, timestamp, label, weight].map(\.declaration)
}
