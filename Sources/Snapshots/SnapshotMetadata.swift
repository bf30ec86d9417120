package import JSONTree
package import Records

/// What a snapshot says of itself: what it is of, what it stands for, and under which settings it was made.
package struct SnapshotMetadata: Sendable, Equatable {
    /// The format that this version writes. A reader refuses every other one by name.
    package static let currentFormatVersion = 1

    package var formatVersion: Int
    package var pipeline: String
    /// The settings that decide what the state means, in order: key and canonical text.
    package var settings: [Setting]
    /// SHA-256 in hexadecimal over these settings, as the settings module makes it.
    package var settingsDigest: String
    package var features: [String]
    /// Where each input is to be read next.
    package var positions: [RecordPosition]
    /// From where on the journal is to be read: at or before the entry that follows `journalMark`. Nil where the pipeline
    /// has no journal.
    package var journalPosition: Int64?
    /// The journal's entry that the state stands after; nil where the pipeline has no journal.
    package var journalMark: JournalMark?
    /// Over all inputs; it is the file's name and the model's version.
    package var recordsConsumed: UInt64
    /// Records that were accepted, that is predicted.
    package var recordsSeen: UInt64
    package var recordsLearned: UInt64
    /// A JSON object of names and numbers, or null for none.
    package var metrics: JSONValue
    /// Milliseconds since 1970.
    package var writtenAt: Int64
    /// Records that the state lacks, because they were gone when a restore needed them; the oldest first.
    package var gaps: [InputGap]
    /// The program and its version.
    package var library: String
    /// The core type that OpenBLAS chose: on another one replayed bits may differ.
    package var blasCore: String
    /// SHA-256 in hexadecimal over the tensors' bytes. The encoder fills it in.
    package var checksum: String

    package struct Setting: Sendable, Equatable {
        package var key: String
        package var text: String

        package init(key: String, text: String) {
            self.key = key
            self.text = text
        }
    }

    package init(
        formatVersion: Int = currentFormatVersion, pipeline: String, settings: [Setting] = [],
        settingsDigest: String = "", features: [String], positions: [RecordPosition], journalPosition: Int64? = nil,
        journalMark: JournalMark? = nil,
        recordsConsumed: UInt64, recordsSeen: UInt64, recordsLearned: UInt64, metrics: JSONValue = .null,
        writtenAt: Int64, gaps: [InputGap] = [], library: String, blasCore: String, checksum: String = ""
    ) {
        self.formatVersion = formatVersion
        self.pipeline = pipeline
        self.settings = settings
        self.settingsDigest = settingsDigest
        self.features = features
        self.positions = positions
        self.journalPosition = journalPosition
        self.journalMark = journalMark
        self.recordsConsumed = recordsConsumed
        self.recordsSeen = recordsSeen
        self.recordsLearned = recordsLearned
        self.metrics = metrics
        self.writtenAt = writtenAt
        self.gaps = gaps
        self.library = library
        self.blasCore = blasCore
        self.checksum = checksum
    }
}

/// All the state of one task at one position, as a value: it can be written on any thread while the task goes on.
package struct Snapshot: Sendable, Equatable {
    package var metadata: SnapshotMetadata
    package var state: StateArchive

    package init(metadata: SnapshotMetadata, state: StateArchive) {
        self.metadata = metadata
        self.state = state
    }
}
