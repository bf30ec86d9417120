#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace millrace {

/// The 64 bits that stand for a category or a word: FNV-1a over a tag and the value's bytes, then MurmurHash3's finalizer.
/// `Records.ValueHash` does the same in Swift and says why; the two never change.
class ValueHash {
public:
    static uint64_t text(std::string_view text) {
        ValueHash hash(1);
        for (unsigned char byte : text) { hash.add(byte); }
        return hash.finish();
    }

    static uint64_t integer(int64_t integer) {
        ValueHash hash(2);
        hash.add_bits(uint64_t(integer));
        return hash.finish();
    }

    static uint64_t number(double number) {
        // -2^63 is an Int64, 2^63 isn't.
        if (number >= -0x1p63 && number < 0x1p63 && double(int64_t(number)) == number) { return integer(int64_t(number)); }
        uint64_t bits;
        std::memcpy(&bits, &number, sizeof bits);
        ValueHash hash(3);
        hash.add_bits(bits);
        return hash.finish();
    }

    static uint64_t boolean(bool boolean) {
        ValueHash hash(4);
        hash.add(boolean);
        return hash.finish();
    }

    explicit ValueHash(uint8_t tag) { add(tag); }

    void add(uint8_t byte) { state = (state ^ byte) * 0x100000001b3; }

    uint64_t finish() const {
        uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
        mixed ^= mixed >> 33;
        return mixed == 0 ? 1 : mixed;
    }

private:
    /// Eight bytes, the lowest first.
    void add_bits(uint64_t bits) {
        for (int shift = 0; shift < 64; shift += 8) { add(uint8_t(bits >> shift)); }
    }

    uint64_t state = 0xcbf29ce484222325;
};

} // namespace millrace
