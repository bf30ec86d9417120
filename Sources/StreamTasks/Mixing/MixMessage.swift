internal import Crypto
package import OnlineLearning
package import Records

/// What one task tells the others of its model, as bytes: all of it in place, so that a torn or foreign one is known by its
/// length and its checksum.
///
/// Little-endian: the format's name (8 bytes), SHA-256 of the settings that decide what the parameters mean (32), records
/// learned (U64), parameters (F32 [features + 1]), statistics (F64 [features + 1, 4]: count, mean, spread, extreme), and
/// the first 8 bytes of the SHA-256 of everything before. Features come in the order of the settings, then intercept or target.
/// - Cost: O(features); allocates nothing after `init` but what SHA-256 does.
struct MixMessage: ~Copyable {
    private static let format = Array("mrmix\u{0}\u{0}\u{1}".utf8)
    private static let checksumLength = 8
    private static let digestLength = 32

    private let bytes: UnsafeMutableRawBufferPointer
    private let digest: [UInt8]
    private let parameterCount: Int

    /// - Parameter digest: of the settings, in hexadecimal digits.
    init(featureCount: Int, digest: String) {
        parameterCount = featureCount + 1
        self.digest = Self.bytes(hexadecimal: digest)
        let statistics = parameterCount * MemoryLayout<FeatureStatistics>.stride
        let parameters = parameterCount * MemoryLayout<Float>.stride
        let length =
            Self.format.count + Self.digestLength + MemoryLayout<UInt64>.size + parameters + statistics
            + Self.checksumLength
        bytes = .allocate(byteCount: length, alignment: 16)
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { bytes.deallocate() }

    /// - Returns: the message, valid until the next call.
    mutating func encode(_ share: ModelShare) -> UnsafeRawBufferPointer {
        var place = 0
        write(Self.format, at: &place)
        write(digest, at: &place)
        withUnsafeBytes(of: share.learned.littleEndian) { write($0, at: &place) }
        share.parameters.withUnsafeBytes { write($0, at: &place) }
        share.statistics.withUnsafeBytes { write($0, at: &place) }
        let body = UnsafeRawBufferPointer(rebasing: bytes[..<place])
        Self.withChecksum(of: body) { write($0, at: &place) }
        return UnsafeRawBufferPointer(bytes)
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
        guard message.count == bytes.count else { throw .wrongLength(found: message.count, expected: bytes.count) }
        place += digest.count
        let end = message.count - Self.checksumLength
        let isWhole = Self.withChecksum(of: UnsafeRawBufferPointer(rebasing: message[..<end])) {
            message[end...].elementsEqual($0)
        }
        guard isWhole else { throw .wrongChecksum }
        share.learned = UInt64(littleEndian: message.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += MemoryLayout<UInt64>.size
        share.parameters.withUnsafeMutableBytes { Self.read($0, message, at: &place) }
        share.statistics.withUnsafeMutableBytes { Self.read($0, message, at: &place) }
    }

    private func write(_ values: [UInt8], at place: inout Int) {
        values.withUnsafeBytes { write($0, at: &place) }
    }

    private func write(_ values: UnsafeRawBufferPointer, at place: inout Int) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[place...]).copyMemory(from: values)
        place += values.count
    }

    private static func read(
        _ target: UnsafeMutableRawBufferPointer, _ message: UnsafeRawBufferPointer, at place: inout Int
    ) {
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: message[place..<place + target.count]))
        place += target.count
    }

    private static func withChecksum<Result>(
        of body: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        SHA256.hash(data: body).withUnsafeBytes { hash in
            use(UnsafeRawBufferPointer(rebasing: hash[..<checksumLength]))
        }
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
            "the mix message has \(found) bytes, where \(expected) are expected: it is torn"
        case .wrongChecksum: "the mix message isn't what was written: its checksum differs"
        case .unsound(let error): "the mix message can't be mixed in: \(error)"
        }
    }
}
