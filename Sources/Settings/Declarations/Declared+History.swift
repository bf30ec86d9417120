internal import OnlineLearning

/// A sequence that is made of a key's last records.
extension Declared {
    private static let standard = HistoryConfiguration(features: [])

    static let historyFeatures = Setting(
        "history.features", .texts("a list of different features of kind `number`", example: "[nswprice, nswdemand]"),
        otherwise: "no sequence is made of earlier records",
        "Numbers whose values in the key's last records, this one's too, become the steps of a sequence."
    )
    static let historySteps = Setting(
        "history.steps", .whole(1...4096, unit: "steps", example: 16), default: standard.steps,
        "The most steps, this record's own among them.")
    static let historyKeys = Setting(
        "history.keys", .whole(1...10_000_000, unit: "keys", example: 10_000), default: standard.keys,
        "How many keys are remembered, about; of more, one that didn't come for long is forgotten. Memory is 4 × keys × steps × features bytes."
    )
    static let historyCategory = Setting(
        "history.by", .text("the name of a feature of kind `category`", example: "station"),
        otherwise: "the record's Kafka key",
        "The category that says whose records belong together. It is then no input of the model beside that.")

    static let history =
        [historyFeatures.declaration, historySteps.declaration, historyKeys.declaration, historyCategory.declaration]
}
