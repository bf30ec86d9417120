internal import Glibc
package import Records

/// Why a snapshot can't be read or written: which file, what is wrong and where, and what to do.
package struct SnapshotError: Error, Equatable, CustomStringConvertible {
    /// Nil for bytes that come from no file.
    package var path: String?
    package var problem: SnapshotProblem

    package init(_ problem: SnapshotProblem, path: String? = nil) {
        self.path = path
        self.problem = problem
    }

    /// What the stream does: a snapshot that can't be written is tried again at the next one's time; one that can't be
    /// read is passed over for the one before.
    package var disposition: Disposition {
        switch problem {
        case .system, .broker: .retry
        default: .restoreTask
        }
    }

    package var description: String {
        "\(path ?? "snapshot"): \(problem.reason); \(problem.advice)"
    }
}

package enum SnapshotProblem: Equatable, Sendable {
    /// The file ends before what the header promises.
    case truncated(bytes: Int, needed: UInt64)
    /// The header's length is above safetensors' limit of 100,000,000 bytes.
    case headerTooLong(UInt64)
    case malformedHeader(reason: String)
    case malformedTensor(name: String, reason: String)
    case unknownElement(name: String, found: String)
    case sizeMismatch(name: String, bytes: Int, shape: [Int], element: StateArchive.Element)
    case overlap(name: String, begin: Int, expected: Int)
    case hole(name: String, begin: Int, expected: Int)
    case extraBytes(Int)
    case missingMetadata(key: String)
    case malformedMetadata(key: String, reason: String)
    case unknownFormatVersion(String)
    /// The bytes of `part` aren't those that were written.
    case checksumMismatch(part: String, expected: String, found: String)
    /// The file's name and its metadata speak of different positions.
    case otherPosition(name: UInt64, metadata: UInt64)
    /// What was read back isn't what was written.
    case readBackDiffers
    /// A manifest in a topic isn't one.
    case malformedManifest(reason: String)
    /// A manifest's chunk isn't in the topic.
    case missingChunk(number: Int, chunks: Int)
    /// There is none of these records.
    case noSuchSnapshot
    /// Chunks in a topic whose writer never came to their manifest.
    case noManifest(chunks: Int)
    /// The brokers didn't do what was asked of them.
    case broker(operation: String, reason: String)
    /// A call of the operating system failed.
    case system(operation: String, code: Int32)

    package var reason: String {
        switch self {
        case .truncated(let bytes, let needed): "it ends after \(bytes) bytes, where \(needed) are promised"
        case .headerTooLong(let length): "its header claims \(length) bytes, above the limit of 100000000"
        case .malformedHeader(let reason): "its header is malformed: \(reason)"
        case .malformedTensor(let name, let reason): "the header's tensor `\(name)` is malformed: \(reason)"
        case .unknownElement(let name, let found):
            "the tensor `\(name)` has the dtype \(found); known are "
                + StateArchive.Element.allCases.map(\.rawValue).joined(separator: ", ")
        case .sizeMismatch(let name, let bytes, let shape, let element):
            "the tensor `\(name)` has \(bytes) bytes, which isn't the shape \(shape) of \(element.rawValue)"
        case .overlap(let name, let begin, let expected):
            "the tensor `\(name)` begins at \(begin), before the one ahead of it ends (\(expected))"
        case .hole(let name, let begin, let expected):
            "the tensor `\(name)` begins at \(begin), after a hole from \(expected)"
        case .extraBytes(let count): "\(count) bytes follow the last tensor"
        case .missingMetadata(let key): "its metadata lacks `\(key)`"
        case .malformedMetadata(let key, let reason): "its metadata's `\(key)` is malformed: \(reason)"
        case .unknownFormatVersion(let found):
            "it has the format \(found); this version reads \(SnapshotMetadata.currentFormatVersion)"
        case .checksumMismatch(let part, let expected, let found):
            "the \(part)'s SHA-256 is \(found), where \(expected) was written"
        case .otherPosition(let name, let metadata):
            "it is named for \(name) records and holds the state after \(metadata)"
        case .readBackDiffers: "what was read back isn't what was written"
        case .malformedManifest(let reason): "its manifest is malformed: \(reason)"
        case .missingChunk(let number, let chunks): "chunk \(number) of its \(chunks) is missing"
        case .noSuchSnapshot: "there is no such snapshot"
        case .noManifest(let chunks): "it has \(chunks) chunks and no manifest: it was never finished"
        case .broker(let operation, let reason): "\(operation) failed: \(reason)"
        case .system(let operation, let code): "\(operation) failed: \(String(cString: strerror(code)))"
        }
    }

    package var advice: String {
        switch self {
        case .unknownFormatVersion:
            "read it with the version of Millrace that wrote it, or start anew with --from-scratch"
        case .system(_, ENOSPC), .system(_, EDQUOT), .system(_, EFBIG):
            "make room, or set snapshots.directory to a place that has some"
        case .system(_, EACCES), .system(_, EROFS), .system(_, EPERM):
            "make snapshots.directory writable for this user"
        case .system(_, ENOENT), .noSuchSnapshot: "millrace snapshots list says which there are"
        case .system(_, ENOTDIR): "set snapshots.directory to a folder"
        case .system: "check the disk that holds snapshots.directory"
        case .readBackDiffers: "check the disk; the snapshot before is still there"
        case .malformedManifest, .missingChunk, .noManifest:
            "the snapshot before it will be used, and later ones take its place"
        case .broker: "look at the brokers and at `topics.snapshots`; `millrace check` asks for what is needed"
        case .otherPosition: "give the file its own name back, or remove it"
        default: "remove it; the snapshot before it will be used"
        }
    }
}
