/// A sequence that is made of a key's last records: some of their numbers each, the record's own as its last step.
public struct HistoryConfiguration: Sendable, Hashable {
    /// Declared numbers. A step has their values in this order, and they stand nowhere else in a model's input.
    public var features: [String]
    /// The most steps, the record's own among them; 1 or more.
    public var steps: Int
    /// How many keys are remembered, about: where there are more, one that didn't come for long is forgotten. 1 or more.
    public var keys: Int
    /// The declared category whose value is the key, and nothing else: it has no columns. Nil for the record's key.
    public var category: String?

    public init(features: [String], steps: Int = 16, keys: Int = 10_000, category: String? = nil) {
        self.features = features
        self.steps = steps
        self.keys = keys
        self.category = category
    }
}
