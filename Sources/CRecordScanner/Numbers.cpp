#include "RecordScanner.h"
#include <charconv>
#include <cmath>
#include <cstring>

size_t record_print_integer(int64_t value, uint8_t *out) {
    char *start = reinterpret_cast<char *>(out);
    return size_t(std::to_chars(start, start + RECORD_NUMBER_ROOM, value).ptr - start);
}

// The shortest digits of a float are fewer than those of the double that it widens to.
template <typename Number> static size_t print(Number value, uint8_t *out) {
    if (!std::isfinite(value)) {
        std::memcpy(out, "null", 4);
        return 4;
    }
    char *start = reinterpret_cast<char *>(out);
    size_t count = size_t(std::to_chars(start, start + RECORD_NUMBER_ROOM, value).ptr - start);
    // Parsers that know integers of 64 bits refuse larger ones, unless they see that it is a number with a fraction.
    if (std::fabs(value) >= Number(0x1p63) && !std::memchr(start, 'e', count)) {
        std::memcpy(start + count, ".0", 2);
        count += 2;
    }
    return count;
}

size_t record_print_double(double value, uint8_t *out) { return print(value, out); }

size_t record_print_float(float value, uint8_t *out) { return print(value, out); }

bool record_parse_double(const uint8_t *bytes, size_t count, double *value) {
    const char *start = reinterpret_cast<const char *>(bytes), *end = start + count;
    if (count > 0 && *start == '+') { start++; }
    const char *digits = start + (start != end && *start == '-' && start == reinterpret_cast<const char *>(bytes));
    // from_chars would read nan and inf.
    if (digits == end || !((*digits >= '0' && *digits <= '9') || *digits == '.')) { return false; }
    const auto result = std::from_chars(start, end, *value);
    return result.ec == std::errc() && result.ptr == end && std::isfinite(*value);
}
