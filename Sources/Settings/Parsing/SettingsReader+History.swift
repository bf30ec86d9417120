internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// Nil where no sequence is made of earlier records.
    mutating func history(_ features: [FeatureDeclaration]) -> HistoryConfiguration? {
        guard root["history"] != nil else { return nil }
        let names = value(Declared.historyFeatures)
        let steps = value(Declared.historySteps)
        let keys = value(Declared.historyKeys)
        let category = value(Declared.historyCategory)
        guard let names, let steps, let keys else {
            if root.entry(at: ["history", "features"]) == nil {
                contradict(
                    Declared.historyFeatures.key, "isn't given", allowed: Declared.historyFeatures.declaration.allowed,
                    advice: "add `features: \(Declared.historyFeatures.declaration.example)`")
            }
            return nil
        }
        checkNames(names, Declared.historyFeatures.key, "number", features.filter(\.kind.isNumber))
        if Set(names).count < names.count {
            contradict(
                Declared.historyFeatures.key, "the same feature stands there twice", allowed: "each feature once",
                advice: "remove one of them")
        }
        if let category {
            let categories = features.filter { if case .category = $0.kind { true } else { false } }
            checkNames([category], Declared.historyCategory.key, "category", categories)
        }
        if let sequence = features.first(where: { if case .sequence = $0.kind { true } else { false } }) {
            contradict(
                Declared.historyFeatures.key, "`\(sequence.name)` is a sequence already", allowed: "one sequence",
                advice: "remove `history` or that feature")
        }
        let bytes = keys.multipliedReportingOverflow(by: steps * names.count * 4)
        if bytes.overflow || bytes.partialValue > 1 << 32 {
            contradict(
                Declared.historyKeys.key, "comes to over 4 GiB with these steps and features",
                allowed: "4 × keys × steps × features up to \(1 << 32) bytes", advice: "make one of them smaller")
        }
        return HistoryConfiguration(features: names, steps: steps, keys: keys, category: category)
    }

    /// Says which of the names are no feature of this kind.
    mutating func checkNames(_ names: [String], _ key: String, _ kind: String, _ features: [FeatureDeclaration]) {
        let fitting = features.map(\.name)
        for name in names where !fitting.contains(name) {
            let near = NearestName.to(name, among: fitting)
            contradict(
                key, "found `\(name)`, which is no declared \(kind)",
                allowed: fitting.isEmpty
                    ? "a declared \(kind); there is none" : fitting.map { "`\($0)`" }.joined(separator: ", "),
                advice: near.map { "did you mean `\($0)`?" } ?? "declare it under `features`")
        }
    }
}
