internal import OnlineLearning
internal import RecordCodecs
internal import Records
internal import Settings

/// A task's labels that come later: where they are read, and what waits for them.
struct TaskLabels: ~Copyable {
    let settings: LabelSettings
    var join: LabelJoin
    var decoder: LabelDecoder
    var id = JoinID()
    /// Where the labels partition is to be read next.
    var position = NextOffset(0)

    /// Where labels stand in the feature records nothing ever waits, and there is room for nothing.
    init(_ settings: PipelineSettings, shape: InputShape) throws(RecordSchemaError) {
        let labels = settings.labels ?? LabelSettings(pending: 0, early: 0, answered: 0, memory: 0)
        let decoder = try LabelDecoder(settings.labelSchema(labels))
        self.settings = labels
        self.decoder = decoder
        join = LabelJoin(labels, shape: JoinShape(input: shape, target: settings.target))
    }

    /// What the label of a feature record will name; nil where it can't, because labels are joined by keys and there is none.
    mutating func id(
        of decoded: DecodedRecord, _ record: InputRecord, topic: String
    ) -> UnsafeRawBufferPointer? {
        switch settings.join {
        case .key: record.key
        case .id:
            if let token = decoded.id {
                id.text(of: token)
            } else {
                record.key ?? id.place(topic: topic, partition: record.partition, offset: record.offset)
            }
        }
    }

    /// What a label record names; nil where it names nothing.
    mutating func id(ofLabel decoded: DecodedRecord, _ record: InputRecord) -> UnsafeRawBufferPointer? {
        guard settings.join == .id, let token = decoded.id else { return record.key }
        return id.text(of: token)
    }
}
