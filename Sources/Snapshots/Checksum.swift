internal import Crypto

/// SHA-256 in lower-case hexadecimal.
enum Checksum {
    /// The length of every checksum, in characters.
    static let length = 64

    static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
