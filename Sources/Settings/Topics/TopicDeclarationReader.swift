internal import Foundation

/// Reads topic declarations with the same declared settings and the same messages as settings files.
package enum TopicDeclarationReader {
    package typealias File = (path: String, text: String)

    static let kind = Setting(
        required: "kind", ValueForm<TopicDeclaration.Kind>.choice(), "Which of a pipeline's topics this is.")
    static let name = Setting(
        required: "name",
        .text("a name with `<pipeline>` in it", example: "<pipeline>.features")
            .restricted(to: "a name with `<pipeline>` in it") { $0.contains("<pipeline>") },
        "The topic's default name.")
    static let partitions = Setting(required: "partitions", .whole(1...100_000, example: 3), "How many partitions.")
    static let replicas = Setting(
        "replicas",
        ValueForm<Int>.whole(-1...1000, example: 3).restricted(to: "-1 (the brokers' default), or 1 to 1000") {
            $0 != 0
        },
        default: -1, "How many replicas.")
    static let records: Setting<String> = Setting(
        "records", .text("names of JSON Schema files, with commas", example: "prediction.schema.json"),
        otherwise: "they aren't JSON", "What its records look like.")
    static let known =
        [kind.declaration, name.declaration, partitions.declaration, replicas.declaration]
        + [records.declaration]

    /// The `.yaml` files of a folder, in the order of their names.
    /// - Throws: `SettingsErrors` where the folder or a file can't be read.
    package static func files(in folder: String) throws(SettingsErrors) -> [File] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
                .map { name in
                    let path = folder + "/" + name
                    return (path, try String(contentsOfFile: path, encoding: .utf8))
                }
        } catch {
            throw SettingsErrors([
                SettingsError(
                    file: folder, key: "", found: "can't be read: \(error.localizedDescription)",
                    allowed: "a folder of topic declarations in UTF-8", advice: "name the `Topics` folder")
            ])
        }
    }

    package static func read(_ files: [File]) throws(SettingsErrors) -> [TopicDeclaration] {
        var errors: [SettingsError] = []
        var declared: [TopicDeclaration.Kind: TopicDeclaration] = [:]
        for (path, text) in files {
            guard let declaration = read(path, text, &errors) else { continue }
            if declared.updateValue(declaration, forKey: declaration.kind) != nil {
                errors.append(
                    SettingsError(
                        file: path, key: "kind", found: "`\(declaration.kind.rawValue)` is declared twice",
                        allowed: "one file a kind", advice: "remove one of the files"))
            }
        }
        for file in BuiltInTopics.files {
            guard let declaration = read(file.path, file.text, &errors), declared[declaration.kind] == nil else {
                continue
            }
            declared[declaration.kind] = declaration
        }
        guard errors.isEmpty else { throw SettingsErrors(errors) }
        return TopicDeclaration.Kind.allCases.compactMap { declared[$0] }
    }

    private static func read(_ path: String, _ text: String, _ errors: inout [SettingsError]) -> TopicDeclaration? {
        var source = SourceReader(file: path, environment: [:], dottedSection: "config")
        guard let root = source.read(text) else {
            errors += source.errors
            return nil
        }
        var reader = SettingsReader(file: path, root: root)
        let kind = reader.value(kind)
        let name = reader.value(name)
        let partitions = reader.value(partitions)
        let replicas = reader.value(replicas)
        let records = reader.value(records)
        let config = reader.topicConfig()
        reader.refuseUnknownKeys(known, open: "config")
        if kind == .snapshots {
            if config["cleanup.policy"] != "compact" {
                reader.contradict(
                    "config", "`cleanup.policy` is \(config["cleanup.policy"] ?? "not given")",
                    allowed: "`compact` alone: a deletion by time takes the only snapshot of a task that stands still",
                    advice: "write `cleanup.policy: compact`")
            }
        } else if kind != .drift, config["cleanup.policy"]?.contains("compact") == true {
            reader.contradict(
                "config", "`cleanup.policy` has `compact`", allowed: "`delete`: each record counts, keys or not",
                advice: "write `cleanup.policy: delete`")
        }
        errors += source.errors + reader.errors
        guard let kind, let name, let partitions, let replicas else { return nil }
        let schemas = (records ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return TopicDeclaration(
            kind: kind, namePattern: name, partitions: partitions, replicas: replicas, config: config, schemas: schemas)
    }
}

extension SettingsReader {
    /// Kafka's own topic settings as texts; the brokers know which of them exist.
    fileprivate mutating func topicConfig() -> [String: String] {
        guard let entry = root["config"] else { return [:] }
        guard case .section(let section) = entry.node else {
            collect(
                "config", entry.node.place, entry.node.found, "a section of Kafka's topic settings",
                "write `config: {cleanup.policy: delete}`")
            return [:]
        }
        var config: [String: String] = [:]
        for entry in section.entries {
            if let scalar = entry.node.scalar, !scalar.isNull {
                config[entry.key] = scalar.text
            } else {
                collect(
                    "config.\(entry.key)", entry.node.place, entry.node.found, "the text of one topic setting",
                    "write its whole dotted name and one value")
            }
        }
        return config
    }
}
