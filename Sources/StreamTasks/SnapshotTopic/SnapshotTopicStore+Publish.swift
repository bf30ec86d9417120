internal import Failpoints
internal import KafkaClient
package import Snapshots

extension SnapshotTopicStore {
    /// Writes the chunks, reads them back, writes the manifest, and reads that back too.
    ///
    /// Cost: the file and its copies in the client, at most ten chunks; twice its bytes over the network.
    package func publish(_ snapshot: Snapshot) throws(SnapshotError) -> String {
        let file = SnapshotFormat.encode(snapshot)
        let place = place(snapshot.metadata.recordsConsumed)
        do throws(SnapshotError) {
            try topic.write { session throws(SnapshotError) in try publish(file, of: snapshot, &session) }
        } catch {
            throw SnapshotError(error.problem, path: place)
        }
        return place
    }

    private func publish(
        _ file: [UInt8], of snapshot: Snapshot, _ session: inout SnapshotTopicSession
    ) throws(SnapshotError) {
        let outline = snapshot.metadata.outline
        let place = place(outline.recordsConsumed)
        let reader = try SnapshotTopicReader(topic, partition: partition)
        let start = try reader.bounds().upperBound
        let chunks = SnapshotChunks(bytes: file.count, size: try session.chunkSize())
        var memory = session[partition]
        if let next = memory.next, next > start { memory = SnapshotTopicSession.Memory(partition: partition) }
        let newest = max(
            outline.recordsConsumed, topic.newestFound(in: partition), memory.index.newestRecords ?? 0)
        let manifest = SnapshotManifest(
            partition: partition, outline: outline, bytes: file.count, chunks: chunks.ranges.count,
            checksum: SnapshotManifest.checksum(of: file), start: start, newestRecords: newest)
        try session.write("writing chunks", at: place) { writer throws(KafkaError) in
            for (number, range) in chunks.ranges.enumerated() {
                failpoint(.chunk)
                try put(manifest.chunkKey(number), file[range], to: writer)
            }
        }
        failpoint(.readBack)
        // What stands before it since the index was complete is read along, so that it is complete again.
        let next = try verify(manifest, from: memory.next ?? start, reader, &memory)
        let record = manifest.record
        failpoint(.manifest)
        try session.write("writing the manifest", at: place) { writer throws(KafkaError) in
            try put(manifest.key, record[...], to: writer)
        }
        try verify(record, under: manifest.key, from: next, reader, &memory)
        memory.own = outline.recordsConsumed
        session[partition] = memory
    }

    func put(
        _ key: SnapshotKey, _ bytes: ArraySlice<UInt8>, to writer: SnapshotTopicWriter
    ) throws(KafkaError) {
        let result = bytes.withUnsafeBytes { raw in Result { () throws(KafkaError) in try writer.put(key, raw) } }
        try result.get()
    }

    /// Reads the chunks back.
    /// - Returns: where to read on.
    private func verify(
        _ manifest: SnapshotManifest, from start: Int64, _ reader: SnapshotTopicReader,
        _ memory: inout SnapshotTopicSession.Memory
    ) throws(SnapshotError) -> Int64 {
        var assembly = SnapshotAssembly(manifest)
        let follows = memory.next != nil
        let stop = try reader.read(start..<Int64.max) { key, value, offset in
            if follows { memory.index.take(key, value: value, offset: offset) }
            if let value { assembly.take(key, value) }
            return !assembly.isComplete
        }
        if follows { memory.next = stop.next }
        _ = try assembly.file()
        return stop.next
    }

    /// Reads the manifest back.
    private func verify(
        _ record: [UInt8], under wanted: SnapshotKey, from start: Int64, _ reader: SnapshotTopicReader,
        _ memory: inout SnapshotTopicSession.Memory
    ) throws(SnapshotError) {
        var isThere = false
        let follows = memory.next != nil
        let stop = try reader.read(start..<Int64.max) { key, value, offset in
            if follows { memory.index.take(key, value: value, offset: offset) }
            if key == wanted { isThere = value.map { $0.elementsEqual(record) } ?? false }
            return !isThere
        }
        if follows { memory.next = stop.next }
        guard isThere else { throw SnapshotError(.readBackDiffers) }
    }
}
