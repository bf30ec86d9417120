/// Counters of what happens seldom, by label values.
struct EventCounters: Sendable {
    var deadLetters = LabelledCounter()
    var driftAlerts = LabelledCounter()
    var driftResponses = LabelledCounter()
    var transactions = LabelledCounter()
    var labels = LabelledCounter()
}

/// One counter for each set of label values, in the order in which they first came.
struct LabelledCounter: Sendable {
    /// Beyond so many sets all further ones are counted under `other`, so that no input can fill the memory.
    static let mostSets = 256

    private(set) var counts: [(values: [String], count: UInt64)] = []
    private(set) var total: UInt64 = 0
    private var indices: [[String]: Int] = [:]

    mutating func count(_ values: [String], by amount: UInt64 = 1) {
        total += amount
        let known = indices[values] != nil || counts.count < Self.mostSets
        let key = known ? values : values.map { _ in "other" }
        if let index = indices[key] {
            counts[index].count += amount
        } else {
            indices[key] = counts.count
            counts.append((key, amount))
        }
    }
}
