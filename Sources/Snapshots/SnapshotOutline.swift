package import Records

/// What a restore chooses a snapshot by; a store may know it without reading the state.
package struct SnapshotOutline: Sendable, Equatable {
    package var pipeline: String
    package var settingsDigest: String
    /// Where each input is to be read next.
    package var positions: [RecordPosition]
    /// The journal's next offset; nil where the pipeline has no journal.
    package var journalPosition: Int64?
    package var recordsConsumed: UInt64
    package var recordsLearned: UInt64
    /// Milliseconds since 1970.
    package var writtenAt: Int64

    package init(
        pipeline: String, settingsDigest: String, positions: [RecordPosition], journalPosition: Int64?,
        recordsConsumed: UInt64, recordsLearned: UInt64, writtenAt: Int64
    ) {
        self.pipeline = pipeline
        self.settingsDigest = settingsDigest
        self.positions = positions
        self.journalPosition = journalPosition
        self.recordsConsumed = recordsConsumed
        self.recordsLearned = recordsLearned
        self.writtenAt = writtenAt
    }
}

extension SnapshotMetadata {
    package var outline: SnapshotOutline {
        SnapshotOutline(
            pipeline: pipeline, settingsDigest: settingsDigest, positions: positions, journalPosition: journalPosition,
            recordsConsumed: recordsConsumed, recordsLearned: recordsLearned, writtenAt: writtenAt)
    }
}
