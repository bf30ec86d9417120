internal import Failpoints
internal import Foundation
internal import KafkaClient
package import Snapshots

extension SnapshotTopicStore {
    /// Removes what is older than the newest `count` snapshots, and what was never finished. Only once this process has
    /// published one and read it back, and only what is older than that.
    ///
    /// The first time it has to read what the partition holds; where that takes more than two seconds, later calls go on
    /// with it, and nothing is removed before.
    @discardableResult
    package func retain(newest count: Int) -> [SnapshotError] {
        do throws(SnapshotError) {
            try topic.write { session throws(SnapshotError) in
                var memory = session[partition]
                guard let own = memory.own else { return }
                let isComplete = try catchUp(&memory)
                session[partition] = memory
                guard isComplete else { return }
                try remove(memory.index.removals(keeping: count, own: own), &session)
            }
            return []
        } catch {
            return [error]
        }
    }

    /// Sets manifests aside under keys of their own: no restore looks at those, and their chunks stay.
    package func setAside() throws {
        try topic.write { session throws(SnapshotError) in
            var memory = session[partition]
            while try !catchUp(&memory) {}
            let standing = memory.index.standing
            try session.write("setting snapshots aside", at: topic.place(partition)) { writer throws(KafkaError) in
                for (records, found) in standing {
                    guard let manifest = found.manifest else { continue }
                    let part = SnapshotKey.Part.setAside(offset: found.offset)
                    let record = manifest.record
                    try put(SnapshotKey(partition: partition, records: records, part: part), record[...], to: writer)
                }
            }
            memory.own = nil
            session[partition] = memory
            topic.noteNewest(0, in: partition)
            try remove(
                standing.map { SnapshotKey(partition: partition, records: $0.records, part: .manifest) }, &session)
        }
    }

    /// Reads on to the partition's end, for two seconds at most.
    /// - Returns: whether the index is complete.
    private func catchUp(_ memory: inout SnapshotTopicSession.Memory) throws(SnapshotError) -> Bool {
        let reader = try SnapshotTopicReader(topic, partition: partition)
        let bounds = try reader.bounds()
        // Whoever made the topic anew made all that was known of it untrue.
        if let next = memory.next, next > bounds.upperBound {
            memory = SnapshotTopicSession.Memory(partition: partition)
        }
        let start = max(memory.next ?? 0, bounds.lowerBound)
        memory.next = start
        guard start < bounds.upperBound else { return true }
        let deadline = Date(timeIntervalSinceNow: 2)
        let stop = try reader.read(start..<bounds.upperBound) { key, value, offset in
            memory.index.take(key, value: value, offset: offset)
            return deadline.timeIntervalSinceNow > 0
        }
        memory.next = stop.next
        memory.index.forgetRemoved()
        return stop.isEnd || stop.next >= bounds.upperBound
    }

    /// Tombstones keys in their order: a snapshot without its manifest is none, whatever of it is left.
    private func remove(_ keys: [SnapshotKey], _ session: inout SnapshotTopicSession) throws(SnapshotError) {
        guard !keys.isEmpty else { return }
        try session.write("removing old snapshots", at: topic.place(partition)) { writer throws(KafkaError) in
            for key in keys {
                failpoint(.tombstone)
                try writer.put(key, nil)
            }
        }
    }
}
