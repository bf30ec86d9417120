internal import LinearAlgebra
internal import JSONTree
internal import OnlineLearning
package import Records
internal import Settings
package import Snapshots

extension StreamTask {
    /// A copy of all state, and what it stands for. Taken at a commit's border; cost O(state), it may allocate.
    /// - Parameter journal: where the state stands in the journal; nil where there is none.
    package func snapshot(journal: JournalPlace? = nil, writtenAt milliseconds: Int64) -> Snapshot {
        var state = StateArchive()
        counters.save(to: &state, under: "task")
        features.save(to: &state, under: "scaler")
        model.save(to: &state, under: "model")
        evaluation.save(to: &state, under: "evaluation")
        watch.save(to: &state, under: "watch")
        response.save(to: &state, under: "response")
        saveMixing(to: &state)
        saveLabels(to: &state)
        let metrics = JSONObject(evaluation.overall.named.map { ($0.name, .number($0.value)) })
        let metadata = SnapshotMetadata(
            pipeline: settings.pipeline, settings: settings.digestFields.map { .init(key: $0.key, text: $0.text) },
            settingsDigest: settings.digest, features: settings.features.map(\.name),
            positions: positions, journalPosition: journal?.position, journalMark: journal?.mark,
            recordsConsumed: inputsConsumed, recordsSeen: counters.predicted,
            recordsLearned: counters.learned, metrics: .object(metrics), writtenAt: milliseconds, gaps: gaps,
            library: BuildFacts.library, blasCore: BLAS.coreName)
        return Snapshot(metadata: metadata, state: state)
    }

    /// Takes a snapshot's state over. The caller has compared the settings' digests.
    package mutating func restore(_ snapshot: Snapshot) throws(StateError) {
        try counters.restore(from: snapshot.state, under: "task")
        try features.restore(from: snapshot.state, under: "scaler")
        try model.restore(from: snapshot.state, under: "model")
        try evaluation.restore(from: snapshot.state, under: "evaluation")
        try watch.restore(from: snapshot.state, under: "watch")
        try response.restore(from: snapshot.state, under: "response")
        guard let own = snapshot.metadata.positions.first(where: { $0.partition == partition }) else {
            throw .impossible(name: "positions", reason: "none is for partition \(partition)")
        }
        try restoreMixing(from: snapshot.state, positions: snapshot.metadata.positions)
        try restoreLabels(from: snapshot.state, positions: snapshot.metadata.positions)
        position = own.next
        gapLog.restore(snapshot.metadata.gaps, position: own.next)
    }

    /// Goes on at a later offset: the records between are gone.
    package mutating func skip(to next: NextOffset) { position = max(position, next) }
}
