/// Finds the bytes of one value in a text that is known to be JSON without duplicate keys. Off the hot path.
struct TokenLocator {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The value at the path of these reference tokens as it stands, without the space around it; nil where nothing
    /// is there.
    consuming func token(at path: [String]) -> UnsafeRawBufferPointer? {
        skipSpace()
        for name in path {
            guard enter(name) else { return nil }
        }
        let start = place
        skipValue()
        return UnsafeRawBufferPointer(rebasing: bytes[start..<place])
    }

    /// Goes to the member or element called `name` of the container that starts here.
    private mutating func enter(_ name: String) -> Bool {
        switch bytes[place] {
        case UInt8(ascii: "{"):
            place += 1
            skipSpace()
            while bytes[place] != UInt8(ascii: "}") {
                let start = place
                skipString()
                let key = bytes[(start + 1)..<(place - 1)]
                skipSpace()
                place += 1
                skipSpace()
                if Self.key(key, is: name) { return true }
                skipValue()
                skipSeparator()
            }
        case UInt8(ascii: "["):
            guard var left = TreeDecoder.index(name) else { return false }
            place += 1
            skipSpace()
            while bytes[place] != UInt8(ascii: "]") {
                if left == 0 { return true }
                left -= 1
                skipValue()
                skipSeparator()
            }
        default: break
        }
        return false
    }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            switch bytes[place] {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                place += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: skipScalar()
            }
        } while depth > 0
    }

    private mutating func skipScalar() {
        while place < bytes.count, !Array(",:]} \t\r\n".utf8).contains(bytes[place]) { place += 1 }
    }

    private mutating func skipString() {
        place += 1
        while bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
        place += 1
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    private mutating func skipSeparator() {
        skipSpace()
        if bytes[place] == UInt8(ascii: ",") { place += 1 }
        skipSpace()
    }

    private static func key(_ written: Slice<UnsafeRawBufferPointer>, is name: String) -> Bool {
        guard written.contains(UInt8(ascii: "\\")) else { return written.elementsEqual(name.utf8) }
        return JSONText.unescaped(written).elementsEqual(name.utf8)
    }
}
