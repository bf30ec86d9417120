internal import RecordCodecs
internal import Records
internal import Settings

/// Labels that stand in the records of an offline stream and are held back, as if they came later.
struct OfflineLabels: ~Copyable {
    /// A label on its way to its task.
    struct Held {
        /// When it arrives: records dealt by then.
        var due: Int
        var task: Int
        /// The record's number, which is the key that both are joined by.
        var key: UInt64
        var label: Label
    }

    /// Records, over all partitions, that are processed before a label arrives.
    let delay: Int
    private var decoder: LabelDecoder
    /// The oldest first; those before `arrived` have been handed over.
    private var held: [Held] = []
    private var arrived = 0

    /// - Parameter delay: 0 holds nothing back.
    init(_ settings: PipelineSettings, delay: Int) throws(RecordSchemaError) {
        let decoder = try LabelDecoder(settings.recordSchema)
        self.delay = delay
        self.decoder = decoder
    }

    /// Holds the label of a record back that was just dealt; nothing where it has none.
    mutating func hold(_ record: UnsafeRawBufferPointer, key: UInt64, of task: Int, records: Int) {
        guard delay > 0, let label = try? decoder.decode(record).label else { return }
        held.append(Held(due: records + delay, task: task, key: key, label: label))
    }

    /// The next label that is due.
    mutating func next(records: Int) -> Held? {
        guard arrived < held.count, held[arrived].due <= records else {
            // Now and then, so that it costs O(1) a label.
            if arrived > held.count / 2 {
                held.removeFirst(arrived)
                arrived = 0
            }
            return nil
        }
        arrived += 1
        return held[arrived - 1]
    }
}

extension PipelineSettings {
    /// The same for a stream whose records hold their labels: at once, or held back for so many records.
    ///
    /// How labels are bounded is what the settings say; where they say nothing, each of them finds its prediction.
    func offline(labelDelay: Int) -> PipelineSettings {
        var settings = self
        guard labelDelay > 0 else {
            settings.labels = nil
            settings.topics.labels = nil
            return settings
        }
        settings.labels =
            labels
            ?? LabelSettings(
                waitMilliseconds: 31_536_000_000_000, pending: labelDelay + 1, early: 0, answered: 0,
                memory: min(max(1 << 26, (labelDelay + 2) << 14), 1 << 32))
        settings.labels?.join = .key
        settings.topics.labels = topics.labels ?? "labels"
        return settings
    }
}
