package import JSONTree
package import Records

/// Metadata as safetensors has it: string to string. Lists and numbers are JSON text or decimals.
extension SnapshotMetadata {
    package enum Key: String, CaseIterable {
        case formatVersion = "format_version"
        case pipeline
        case settings
        case settingsDigest = "settings_digest"
        case features
        case positions
        case journalPosition = "journal_position"
        case journalMark = "journal_mark"
        case recordsConsumed = "records_consumed"
        case recordsSeen = "records_seen"
        case recordsLearned = "records_learned"
        case metrics
        case writtenAt = "written_at"
        case gaps
        case library
        case blasCore = "blas_core"
        case checksum = "data_sha256"
    }

    package var strings: [(key: Key, text: String)] {
        var strings: [(key: Key, text: String)] = [
            (.formatVersion, String(formatVersion)),
            (.pipeline, pipeline),
            (.settings, JSONValue.array(settings.map { [.string($0.key), .string($0.text)] }).text),
            (.settingsDigest, settingsDigest),
            (.features, JSONValue.array(features.map { .string($0) }).text),
            (.positions, JSONValue.array(positions.map(\.json)).text),
            (.recordsConsumed, String(recordsConsumed)),
            (.recordsSeen, String(recordsSeen)),
            (.recordsLearned, String(recordsLearned)),
            (.writtenAt, String(writtenAt)),
            (.library, library),
            (.blasCore, blasCore),
            (.checksum, checksum),
        ]
        if let journalPosition { strings.append((.journalPosition, String(journalPosition))) }
        if let journalMark { strings.append((.journalMark, journalMark.json.text)) }
        if metrics != .null { strings.append((.metrics, metrics.text)) }
        if !gaps.isEmpty { strings.append((.gaps, JSONValue.array(gaps.map(\.json)).text)) }
        return strings
    }

    /// - Throws: where a key is missing or isn't what it must be; the format's version is looked at first, because the
    ///   others may differ with it.
    init(_ object: JSONObject) throws(SnapshotError) {
        let reader = MetadataReader(object: object)
        let version = try reader.text(.formatVersion)
        guard version == String(Self.currentFormatVersion) else {
            throw SnapshotError(.unknownFormatVersion(version))
        }
        self.init(
            pipeline: try reader.text(.pipeline),
            settings: try reader.list(.settings) { setting in
                guard let key = setting[0]?.stringValue, let text = setting[1]?.stringValue else { return nil }
                return Setting(key: key, text: text)
            },
            settingsDigest: try reader.text(.settingsDigest),
            features: try reader.list(.features, \.stringValue),
            positions: try reader.list(.positions, RecordPosition.init),
            journalPosition: try reader.has(.journalPosition) ? reader.number(.journalPosition) : nil,
            journalMark: try reader.has(.journalMark) ? reader.mark(.journalMark) : nil,
            recordsConsumed: try reader.number(.recordsConsumed),
            recordsSeen: try reader.number(.recordsSeen),
            recordsLearned: try reader.number(.recordsLearned),
            metrics: try reader.has(.metrics) ? reader.json(.metrics) : .null,
            writtenAt: try reader.number(.writtenAt),
            gaps: try reader.has(.gaps) ? reader.list(.gaps, InputGap.init) : [],
            library: try reader.text(.library),
            blasCore: try reader.text(.blasCore),
            checksum: try reader.text(.checksum))
    }
}

private struct MetadataReader {
    let object: JSONObject

    func has(_ key: SnapshotMetadata.Key) -> Bool { object[key.rawValue] != nil }

    func text(_ key: SnapshotMetadata.Key) throws(SnapshotError) -> String {
        guard let value = object[key.rawValue] else { throw SnapshotError(.missingMetadata(key: key.rawValue)) }
        guard let text = value.stringValue else { throw malformed(key, "not a string") }
        return text
    }

    func number<Number: FixedWidthInteger>(_ key: SnapshotMetadata.Key) throws(SnapshotError) -> Number {
        let text = try text(key)
        guard let number = Number(text), number >= 0 else { throw malformed(key, "not a count: \(text)") }
        return number
    }

    func json(_ key: SnapshotMetadata.Key) throws(SnapshotError) -> JSONValue {
        let text = try text(key)
        do { return try JSONValue.parse(text) } catch { throw malformed(key, error.description) }
    }

    func mark(_ key: SnapshotMetadata.Key) throws(SnapshotError) -> JournalMark {
        guard let mark = JournalMark(try json(key)) else {
            throw malformed(key, "not an object of `epoch`, `writer` and `sequence`")
        }
        return mark
    }

    func list<Element>(
        _ key: SnapshotMetadata.Key, _ element: (JSONValue) -> Element?
    ) throws(SnapshotError) -> [Element] {
        guard let values = try json(key).arrayValue else { throw malformed(key, "not a list") }
        let elements = values.compactMap(element)
        guard elements.count == values.count else { throw malformed(key, "an element of a wrong kind") }
        return elements
    }

    private func malformed(_ key: SnapshotMetadata.Key, _ reason: String) -> SnapshotError {
        SnapshotError(.malformedMetadata(key: key.rawValue, reason: reason))
    }
}

extension RecordPosition {
    var json: JSONValue {
        ["topic": .string(topic), "partition": .integer(Int64(partition)), "next": .integer(next.rawValue)]
    }

    init?(_ json: JSONValue) {
        guard let topic = json["topic"]?.stringValue, let next = json["next"]?.integerValue,
            let partition = json["partition"]?.integerValue.flatMap({ Int32(exactly: $0) }), partition >= 0, next >= 0
        else { return nil }
        self.init(topic: topic, partition: partition, next: NextOffset(next))
    }
}

extension JournalMark {
    var json: JSONValue {
        [
            "epoch": .integer(Int64(clamping: epoch)), "writer": .integer(Int64(writer)),
            "sequence": .integer(Int64(clamping: sequence)),
        ]
    }

    init?(_ json: JSONValue) {
        guard let epoch = json["epoch"]?.integerValue.flatMap(UInt64.init(exactly:)),
            let writer = json["writer"]?.integerValue.flatMap(UInt32.init(exactly:)),
            let sequence = json["sequence"]?.integerValue.flatMap(UInt64.init(exactly:))
        else { return nil }
        self.init(epoch: epoch, writer: writer, sequence: sequence)
    }
}

extension InputGap {
    package var json: JSONValue {
        [
            "topic": .string(topic), "partition": .integer(Int64(partition)), "from": .integer(from.rawValue),
            "to": .integer(to.rawValue), "told_at": .integer(toldAt.rawValue),
        ]
    }

    init?(_ json: JSONValue) {
        guard let topic = json["topic"]?.stringValue,
            let partition = json["partition"]?.integerValue.flatMap({ Int32(exactly: $0) }), partition >= 0,
            let from = json["from"]?.integerValue, let to = json["to"]?.integerValue, from >= 0, to > from,
            let toldAt = json["told_at"]?.integerValue, toldAt >= to
        else { return nil }
        self.init(
            topic: topic, partition: partition, from: NextOffset(from), to: NextOffset(to), toldAt: NextOffset(toldAt))
    }
}
