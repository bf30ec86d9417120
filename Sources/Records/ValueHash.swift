/// The 64 bits that stand for a category or a word. They are part of what a snapshot means and never change.
///
/// FNV-1a over a tag byte and the value's bytes, and then MurmurHash3's finalizer, so that the low bits are as good as the
/// high ones. The tag keeps texts, integers, other numbers and booleans apart; an integral number that an Int64 holds is an
/// integer however it was written, so 1 is 1.0 and 1e0, and "1" isn't. The record scanner does the same in C++.
/// - Cost: a multiplication a byte, allocates nothing. Never 0.
/// - Source: Fowler, Noll and Vo (RFC 9923); Appleby, MurmurHash3 `fmix64`.
public enum ValueHash {
    static let textTag: UInt8 = 1
    static let integerTag: UInt8 = 2
    static let numberTag: UInt8 = 3
    static let booleanTag: UInt8 = 4

    public static func text(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = begin(textTag)
        for byte in bytes { hash = step(hash, byte) }
        return finish(hash)
    }

    public static func text(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { Self.text(UnsafeRawBufferPointer($0)) }
    }

    public static func integer(_ integer: Int64) -> UInt64 {
        finish(steps(begin(integerTag), UInt64(bitPattern: integer)))
    }

    public static func number(_ number: Double) -> UInt64 {
        if let integer = Int64(exactly: number) { return Self.integer(integer) }
        return finish(steps(begin(numberTag), number.bitPattern))
    }

    public static func boolean(_ boolean: Bool) -> UInt64 { finish(step(begin(booleanTag), boolean ? 1 : 0)) }

    public static func of(_ name: ClassName) -> UInt64 {
        switch name {
        case .text(let text): Self.text(text)
        case .number(let number, _): Self.number(number)
        case .boolean(let boolean): Self.boolean(boolean)
        }
    }

    /// One hash from two whose order counts.
    @inline(__always)
    public static func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        finish(first &* 0x9E37_79B9_7F4A_7C15 &+ second)
    }

    @inline(__always)
    private static func begin(_ tag: UInt8) -> UInt64 { step(0xCBF2_9CE4_8422_2325, tag) }

    @inline(__always)
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Eight bytes, the lowest first.
    @inline(__always)
    private static func steps(_ hash: UInt64, _ bits: UInt64) -> UInt64 {
        var hash = hash
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            hash = step(hash, UInt8(truncatingIfNeeded: bits >> shift))
        }
        return hash
    }

    @inline(__always)
    private static func finish(_ hash: UInt64) -> UInt64 {
        var mixed = hash
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        mixed ^= mixed >> 33
        return mixed == 0 ? 1 : mixed
    }
}
