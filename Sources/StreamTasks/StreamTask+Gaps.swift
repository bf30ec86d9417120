package import Records
internal import Settings

extension StreamTask {
    /// The gaps in its inputs that the task has passed over so far.
    package var gaps: [InputGap] { gapLog.gaps }

    /// Goes on at a later offset, because the records between are gone, and remembers that.
    /// - Parameter toldAt: where the records begin whose outputs aren't in Kafka yet.
    package mutating func passGap(to next: NextOffset, toldAt: NextOffset) {
        guard position < next else { return }
        gapLog.add(
            InputGap(
                topic: settings.topics.features, partition: partition, from: position, to: next,
                toldAt: max(toldAt, next)))
        position = next
    }

    /// Tells the drift topic of the gaps before this record: at most once in a task's life for each.
    mutating func tellGaps<Sink: OutputSink & ~Copyable>(with record: InputRecord, into sink: inout Sink) {
        let gaps = gapLog.take(at: record.offset)
        guard !sink.isSilent else { return }
        for gap in gaps {
            sink.emitDrift(
                DriftOutput(
                    gap, pipeline: settings.pipeline, time: max(min(record.timestamp, Self.lastTime), 0),
                    consumed: counters.consumed),
                for: record)
        }
    }
}
