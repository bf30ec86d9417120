/// How labels of a topic of their own find their predictions.
extension Declared {
    static let labelJoin = Setting(
        "labels.join", ValueForm<LabelSettings.Join>.choice(), default: .id,
        "What a label and its feature record have in common: the id, or the Kafka key. Ids are compared as text.")
    static let labelID = Setting(
        "labels.id", .pointer(example: "/id"), default: "/id",
        "Where a label record's id stands. Without one its Kafka key is the id.")
    static let labelLabel = Setting(
        "labels.label", .pointer(example: "/label"), default: "/label", "Where a label record's label stands.")
    static let labelTimestamp = Setting(
        "labels.timestamp", .pointer(example: "/timestamp"), default: "/timestamp",
        "Where the time stands at which the label was known. Without one Kafka's.")
    static let labelWeight = Setting(
        "labels.weight", .pointer(example: "/weight"), default: "/weight",
        "Where an importance stands that the feature record's own is multiplied with; 1 where there is none.")
    static let labelWait = Setting(
        "labels.wait", .milliseconds(1...31_536_000_000, example: 86_400_000), default: 86_400_000,
        "How long a prediction waits for its label, in event time.")
    static let labelPending = Setting(
        "labels.pending", .whole(1...10_000_000, unit: "predictions", example: 100_000), default: 100_000,
        "The most predictions of a task that wait. Beyond it the oldest one is given up.")
    static let labelEarly = Setting(
        "labels.early", .whole(0...10_000_000, unit: "labels", example: 10_000), default: 10_000,
        "The most labels of a task that are kept until their feature records come.")
    static let labelAnswered = Setting(
        "labels.answered", .whole(0...10_000_000, unit: "ids", example: 100_000), default: 100_000,
        "The most ids of a task that are remembered after their labels came, so that a second one is known.")
    static let labelMemory = Setting(
        "labels.memory", .whole(65_536...4_294_967_296, unit: "bytes", example: 67_108_864), default: 67_108_864,
        "The most bytes of a task that hold ids and inputs of predictions that wait. Beyond it the oldest one is given up."
    )
    static let labelExpired = Setting(
        "labels.expired", ValueForm<LabelSettings.Expired>.choice(), default: .drop,
        "What is learned of a prediction whose label never came: nothing, or, with `negative`, the first of two classes, as is usual for clicks."
    )
    static let labelCorrected = Setting(
        "labels.corrected", ValueForm<LabelSettings.Corrected>.choice(), default: .ignore,
        "What is done with a second label that differs from the first: it is counted, or it is learned as well.")

    static let labels =
        [labelJoin.declaration]
        + [labelID, labelLabel, labelTimestamp, labelWeight].map(\.declaration)
        + [labelWait, labelPending, labelEarly, labelAnswered, labelMemory].map(\.declaration)
        + [labelExpired.declaration, labelCorrected.declaration]
}
