internal import Crypto
package import OnlineLearning
package import Records

/// What one task tells the others of its model, as bytes: all of it in place, so that a torn or foreign one is known by its
/// length and its checksum.
///
/// Little-endian: the format's name (8 bytes); SHA-256 of the settings that decide what the parameters mean (32); records
/// learned (U64); parameters (F32 [features + 1]); statistics (F64 [features + 1, 4]: count, mean, spread, extreme); of each
/// other task that was mixed in, its partition (I32) and what it had learned (U64); the first 8 bytes of the SHA-256 of
/// everything before. Features come in the order of the settings, then intercept or target.
/// - Cost: O(features + tasks); allocates nothing once warm.
struct MixMessage {
    private static let format = Array("mrmix\u{0}\u{0}\u{1}".utf8)
    private static let checksumLength = 8
    private static let digestLength = 32
    /// Partition and count of one other task.
    private static let heardLength = 12

    /// What `encode` wrote last.
    private(set) var bytes: [UInt8] = []
    private let digest: [UInt8]
    /// Of a message that has heard of nobody.
    private let shortest: Int

    /// - Parameter digest: of the settings, in hexadecimal digits.
    init(featureCount: Int, digest: String) {
        self.digest = Self.bytes(hexadecimal: digest)
        let input = MemoryLayout<Float>.stride + MemoryLayout<FeatureStatistics>.stride
        shortest =
            Self.format.count + Self.digestLength + MemoryLayout<UInt64>.size + (featureCount + 1) * input
            + Self.checksumLength
    }

    mutating func encode(_ share: ModelShare) {
        bytes.removeAll(keepingCapacity: true)
        bytes += Self.format
        bytes += digest
        withUnsafeBytes(of: share.learned.littleEndian) { bytes += $0 }
        share.parameters.withUnsafeBytes { bytes += $0 }
        share.statistics.withUnsafeBytes { bytes += $0 }
        for heard in share.heard {
            withUnsafeBytes(of: heard.member.littleEndian) { bytes += $0 }
            withUnsafeBytes(of: heard.learned.littleEndian) { bytes += $0 }
        }
        let hash = bytes.withUnsafeBytes { SHA256.hash(data: $0) }
        hash.withUnsafeBytes { bytes += $0[..<Self.checksumLength] }
    }

    /// Reads a message into `share`, which has the model's shape; whether its numbers are sound is not looked at.
    /// - Throws: where it isn't exactly what `encode` writes under the same settings. Then `share` is as it was.
    func decode(_ message: UnsafeRawBufferPointer, into share: inout ModelShare) throws(MixError) {
        var place = Self.format.count
        guard message.count >= place, message[..<place].elementsEqual(Self.format) else {
            throw .unknownFormat(bytes: message.count)
        }
        guard message.count >= place + digest.count, message[place..<place + digest.count].elementsEqual(digest) else {
            throw .otherSettings
        }
        guard message.count >= shortest, (message.count - shortest) % Self.heardLength == 0 else {
            throw .wrongLength(found: message.count, expected: shortest)
        }
        let end = message.count - Self.checksumLength
        let hash = SHA256.hash(data: UnsafeRawBufferPointer(rebasing: message[..<end]))
        guard hash.withUnsafeBytes({ message[end...].elementsEqual($0[..<Self.checksumLength]) }) else {
            throw .wrongChecksum
        }
        place += digest.count
        share.learned = UInt64(littleEndian: message.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += MemoryLayout<UInt64>.size
        share.parameters.withUnsafeMutableBytes { Self.read($0, message, at: &place) }
        share.statistics.withUnsafeMutableBytes { Self.read($0, message, at: &place) }
        share.heard.removeAll(keepingCapacity: true)
        while place < end {
            share.heard.append(
                ModelShare.Heard(
                    member: Int32(littleEndian: message.loadUnaligned(fromByteOffset: place, as: Int32.self)),
                    learned: UInt64(littleEndian: message.loadUnaligned(fromByteOffset: place + 4, as: UInt64.self))))
            place += Self.heardLength
        }
    }

    private static func read(
        _ target: UnsafeMutableRawBufferPointer, _ message: UnsafeRawBufferPointer, at place: inout Int
    ) {
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: message[place..<place + target.count]))
        place += target.count
    }

    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.utf8.map { digit in
            digit >= UInt8(ascii: "a") ? digit - UInt8(ascii: "a") + 10 : digit - UInt8(ascii: "0")
        }
        return (0..<digestLength).map { 16 * digits[2 * $0] + digits[2 * $0 + 1] }
    }
}

/// Why a mix message was refused. Nothing of it reaches the model.
package enum MixError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A record without a value.
    case tombstone
    case unknownFormat(bytes: Int)
    /// Written under settings that give other parameters, or the same ones another meaning.
    case otherSettings
    /// Expected is that of a task that has heard of no other one, or a multiple of 12 bytes more.
    case wrongLength(found: Int, expected: Int)
    case wrongChecksum
    case unsound(ShareError)

    package var disposition: Disposition { .deadLetter }

    package var description: String {
        switch self {
        case .tombstone: "the mix record has no value; nobody but Millrace may write to this topic"
        case .unknownFormat(let bytes):
            "\(bytes) bytes that don't begin as a mix message of this version; "
                + "run one version of Millrace, and let nobody else write to this topic"
        case .otherSettings:
            "the mix message was written under other settings; run all processes of a pipeline with the same ones"
        case .wrongLength(let found, let expected):
            "the mix message has \(found) bytes, where \(expected) and 12 for each task it has heard of are expected: it is torn"
        case .wrongChecksum: "the mix message isn't what was written: its checksum differs"
        case .unsound(let error): "the mix message can't be mixed in: \(error)"
        }
    }
}
