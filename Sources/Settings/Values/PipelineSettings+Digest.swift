internal import Crypto
internal import JSONTree
internal import Records

extension PipelineSettings {
    /// The settings that a snapshot's state rests on, as texts that are the same for the same meaning.
    ///
    /// Whether the file or a default gave a value makes no difference. The order of the features is the order of the
    /// weights, so it has a field of its own.
    /// - Shape: one field a key, no key twice.
    package var digestFields: [(key: String, text: String)] {
        let samples = samples
        let names = JSONValue.array(features.map { .string($0.name) }).text
        let prefixes =
            [
                "features.", "interactions", "selection.", "history.", "scaling.", "limits.", "target.", "model.",
                "learning.", "drift.", "evaluation.", "record.", "labels.",
            ] + (drift.isEmpty ? [] : ["alerts."])
        return [("features", names), ("drift", String(drift.count))]
            + resolved.filter { setting in
                setting.key == Declared.seed.key || prefixes.contains { setting.key.hasPrefix($0) }
            }.filter { !Self.saysNothing($0) }.map { ($0.key, samples[$0.key] ?? $0.text) }
    }

    /// What stands in the place of a reference file's path: its content.
    private var samples: [String: String] {
        let digests = drift.enumerated().filter { !$1.samples.isEmpty }.map { index, watch in
            (
                "drift.\(index).\(Declared.referenceFile.declaration.namesInItem.joined(separator: "."))",
                watch.samples.map { "\($0.feature)=\($0.digest)" }.joined(separator: ",")
            )
        }
        return Dictionary(digests) { first, _ in first }
    }

    /// Nothing is made of features: so it was before there were such settings, and snapshots from then are still good.
    private static func saysNothing(_ setting: ResolvedSetting) -> Bool {
        (setting.key == Declared.interactions.key && setting.text == "[]")
            || (setting.key == Declared.selectionKind.key
                && setting.text == Declared.SelectionWord.none.rawValue)
    }

    /// SHA-256 over `digestFields`, in hexadecimal digits.
    package var digest: String { Self.digest(of: digestFields) }

    /// The same of any fields, such as a snapshot's. Their order makes no difference.
    package static func digest(of fields: [(key: String, text: String)]) -> String {
        // As JSON, no text can run into its neighbour.
        let canonical = JSONValue.array(
            fields.sorted { $0.key < $1.key }.flatMap { [.string($0.key), .string($0.text)] }
        ).serialized()
        return SHA256.hash(data: canonical).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The keys whose values differ from those of an old snapshot, in the order of the page; keys that are only in the
    /// snapshot come last. Empty exactly where the digests are the same.
    package func changedKeys(against old: [(key: String, text: String)]) -> [String] {
        let now = digestFields
        let before = Dictionary(old.map { ($0.key, $0.text) }) { first, _ in first }
        let present = Set(now.map(\.key))
        return now.filter { before[$0.key] != $0.text }.map(\.key) + old.map(\.key).filter { !present.contains($0) }
    }
}
