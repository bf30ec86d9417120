internal import OnlineLearning
package import Records
internal import Settings

/// Several inputs: the features partition is input 0, and each other partition q of the mix topic is one more, `mix/q`. The
/// task's state follows to the bit from the order in which it consumed their records.
extension StreamTask {
    /// Consumes one record of another task, from partition `partition` of the mix topic. It is kept, and mixed in before the
    /// next feature record is predicted. Those of the task's own partition, and those before the position, are ignored; so is
    /// everything where the model's scope is `partition`.
    /// - Parameter message: nil for a tombstone.
    /// - Returns: why the message was refused, where it was. It is counted, its position is passed, and nothing else changes.
    /// - Cost: O(features), allocates nothing for a partition that was heard of before.
    @discardableResult
    package mutating func takeMix(
        _ message: UnsafeRawBufferPointer?, from partition: Int32, offset: Int64
    ) -> MixError? {
        guard isShared, partition != self.partition, offset >= mixPositions[partition]?.rawValue ?? 0 else {
            return nil
        }
        mixPositions[partition] = NextOffset(after: offset)
        do throws(MixError) {
            try mixing?.take(message, from: partition)
            mixes.taken += 1
            return nil
        } catch {
            mixes.refused += 1
            return error
        }
    }

    /// Where a partition of the mix topic is to be read next.
    package func mixPosition(_ partition: Int32) -> NextOffset { mixPositions[partition] ?? NextOffset(0) }

    /// Mixes what has come from the others since the last record.
    mutating func mixNews() {
        guard mixing?.mixer.hasNews == true else { return }
        mixing?.mix(into: &model, &features)
    }

    /// Notes the record that was just consumed, and tells the others of the model where it is time to.
    mutating func share<Sink: OutputSink & ~Copyable>(for record: InputRecord, into sink: inout Sink) {
        guard mixing?.mixer.observe(row.scalars) == true, !sink.isSilent else { return }
        mixing?.withMessage(model) { sink.emitMix($0, for: record) }
    }
}

extension StreamTask {
    func saveMixing(to archive: inout StateArchive) {
        switch mixing {
        case .some(let mixing):
            mixing.mixer.save(to: &archive, under: "mix")
            archive.put("mix/messages", counters: [mixes.taken, mixes.refused])
        case .none: break
        }
    }

    /// - Parameter positions: of all inputs.
    mutating func restoreMixing(from archive: StateArchive, positions: [RecordPosition]) throws(StateError) {
        guard isShared else { return }
        let messages = try archive.counters("mix/messages", count: 2)
        try mixing?.mixer.restore(from: archive, under: "mix")
        mixes = MixCounters(taken: messages[0], refused: messages[1])
        mixPositions.removeAll()
        for position in positions where position.topic == settings.topics.mix {
            mixPositions[position.partition] = position.next
        }
    }
}
