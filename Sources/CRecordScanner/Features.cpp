#include "Walk.hpp"
#include <cmath>
#include <limits>

using namespace simdjson;

namespace millrace {

bool Walk::take_feature(size_t index, dom::element value) {
    const record_feature &feature = plan.features[index];
    uint32_t count = 1;
    bool good = false;
    switch (feature.kind) {
    // Taken before, where the slot says its place.
    case record_kind_number: return false;
    case record_kind_category: good = take_category(value, row.codes[feature.place]); break;
    case record_kind_vector:
        good = take_values(value, feature.length, row.numbers + feature.place, count);
        break;
    case record_kind_sequence: good = take_sequence(feature, value, count); break;
    case record_kind_time: {
        int64_t milliseconds = 0;
        good = take_timestamp(value, milliseconds);
        row.codes[feature.place] = uint64_t(milliseconds);
        break;
    }
    case record_kind_text: good = take_words(feature, value, count); break;
    }
    row.counts[index] = count;
    if (count > 0) { present++; }
    return good;
}

bool Walk::take_float(dom::element value, float &number) {
    double wide;
    if (!take_number(value, wide)) { return false; }
    number = float(wide);
    return std::isfinite(number);
}

/// Exactly `length` numbers or nulls; `present` is how many aren't null.
bool Walk::take_values(dom::element value, size_t length, float *target, uint32_t &present) {
    dom::array values;
    if (value.get_array().get(values)) { return false; }
    size_t index = 0;
    present = 0;
    for (dom::element one : values) {
        if (index == length) { return false; }
        if (one.is_null()) {
            target[index] = std::numeric_limits<float>::quiet_NaN();
        } else {
            if (!take_float(one, target[index])) { return false; }
            present++;
        }
        index++;
    }
    return index == length;
}

bool Walk::take_sequence(const record_feature &feature, dom::element value, uint32_t &steps) {
    dom::array all;
    if (value.get_array().get(all)) { return false; }
    const size_t count = all.size();
    const size_t old = count > feature.steps ? count - feature.steps : 0;
    size_t step = 0;
    for (dom::element one : all) {
        // Steps that are too old are validated too, in the place of the first one that is kept.
        const size_t place = step < old ? 0 : step - old;
        uint32_t present;
        if (!take_values(one, feature.length, row.numbers + feature.place + place * feature.length, present)) {
            return false;
        }
        step++;
    }
    steps = uint32_t(count - old);
    return true;
}

bool Walk::take_category(dom::element value, uint64_t &hash) {
    switch (value.type()) {
    case dom::element_type::STRING: hash = ValueHash::text(value.get_string().value_unsafe()); return true;
    case dom::element_type::INT64: hash = ValueHash::integer(value.get_int64().value_unsafe()); return true;
    case dom::element_type::DOUBLE: hash = ValueHash::number(value.get_double().value_unsafe()); return true;
    case dom::element_type::BOOL: hash = ValueHash::boolean(value.get_bool().value_unsafe()); return true;
    default: return false;
    }
}

/// Letters and digits of ASCII, and every byte of what isn't ASCII.
static bool is_in_word(uint8_t byte) {
    const uint8_t letter = byte | 0x20;
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (letter >= 'a' && letter <= 'z');
}

bool Walk::take_words(const record_feature &feature, dom::element value, uint32_t &words) {
    std::string_view text;
    if (value.get_string().get(text)) { return false; }
    words = 0;
    for (size_t place = 0; place < text.size() && words < feature.length;) {
        if (!is_in_word(uint8_t(text[place]))) {
            place++;
            continue;
        }
        ValueHash hash(1);
        for (; place < text.size() && is_in_word(uint8_t(text[place])); place++) {
            const uint8_t byte = uint8_t(text[place]);
            hash.add(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
        }
        row.codes[feature.place + words++] = hash.finish();
    }
    return true;
}

} // namespace millrace
