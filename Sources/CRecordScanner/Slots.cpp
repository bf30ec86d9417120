#include "Walk.hpp"
#include <cmath>

using namespace simdjson;

namespace millrace {

bool Walk::apply(Slot slot, dom::element value) {
    if (value.is_null()) { return true; }
    double number;
    switch (slot.role) {
    case record_role_feature:
        if (slot.number == Slot::none) { return take_feature(slot.feature, value); }
        // By far the most, so they are taken here.
        if (!take_number(value, number) || !std::isfinite(float(number))) { return false; }
        row.numbers[slot.number] = float(number);
        row.counts[slot.feature] = 1;
        present++;
        return true;
    case record_role_weight:
        if (!take_number(value, number) || number < 0) { return false; }
        // A weight of -0 is 0.
        out->weight = number + 0.0;
        return true;
    case record_role_id: return take_id(value);
    case record_role_timestamp: out->has_timestamp = true; return take_timestamp(value, out->timestamp);
    case record_role_label: return take_label(value);
    }
    return false;
}

bool Walk::take_number(dom::element value, double &number) {
    switch (value.type()) {
    case dom::element_type::DOUBLE: number = value.get_double().value_unsafe(); break;
    case dom::element_type::INT64: number = double(value.get_int64().value_unsafe()); break;
    default: return false;
    }
    return std::fabs(number) <= plan.largest_magnitude;
}

bool Walk::take_id(dom::element value) {
    switch (value.type()) {
    case dom::element_type::INT64: {
        const int64_t integer = value.get_int64().value_unsafe();
        // It may have been written as -0.
        if (integer == 0) { return false; }
        id.resize(RECORD_NUMBER_ROOM);
        out->id = {id.data(), record_print_integer(integer, id.data())};
        return true;
    }
    case dom::element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        // All that an escape other than \u can stand for: then only the record itself tells how it was written.
        if (escapes && text.find_first_of("\"\\/\b\f\n\r\t") != text.npos) { return false; }
        id.resize(text.size() + 2);
        id.front() = id.back() = '"';
        std::memcpy(id.data() + 1, text.data(), text.size());
        out->id = {id.data(), id.size()};
        return true;
    }
    // The digits of any other number aren't kept.
    default: return false;
    }
}

bool Walk::take_timestamp(dom::element value, int64_t &milliseconds) {
    if (value.is_int64()) {
        milliseconds = value.get_int64().value_unsafe();
        return milliseconds >= 0 && milliseconds <= RECORD_LATEST_TIMESTAMP;
    }
    if (!value.is_string()) { return false; }
    const std::string_view text = value.get_string().value_unsafe();
    return record_parse_timestamp(reinterpret_cast<const uint8_t *>(text.data()), text.size(), &milliseconds);
}

bool Walk::take_label(dom::element value) {
    if (plan.classes.empty()) {
        out->label_kind = record_label_value;
        return take_number(value, out->label_value);
    }
    out->label_kind = record_label_class;
    switch (value.type()) {
    case dom::element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        out->label_class = plan.classes.find(
            [&] { return ValueHash::text(text); },
            [&](const Class &one) { return one.kind == Class::Kind::text && one.text == text; });
        break;
    }
    case dom::element_type::BOOL: {
        const bool boolean = value.get_bool().value_unsafe();
        out->label_class = plan.classes.find(
            [&] { return ValueHash::boolean(boolean); },
            [&](const Class &one) { return one.kind == Class::Kind::boolean && one.boolean == boolean; });
        break;
    }
    case dom::element_type::INT64:
    case dom::element_type::DOUBLE: {
        const double number = value.get_double().value_unsafe();
        out->label_class = plan.classes.find(
            [&] { return ValueHash::number(number); },
            [&](const Class &one) { return one.kind == Class::Kind::number && one.number == number; });
        break;
    }
    default: return false;
    }
    return out->label_class != Classes::none;
}

} // namespace millrace
