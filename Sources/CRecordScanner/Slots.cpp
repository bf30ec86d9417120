#include "Walk.hpp"
#include <charconv>
#include <cmath>

using namespace simdjson;

namespace millrace {

bool Walk::apply(Slot slot, dom::element value) {
    if (value.is_null()) { return true; }
    double number;
    switch (slot.role) {
    case record_role_feature:
        if (!take_number(value, number) || !std::isfinite(float(number))) { return false; }
        row[slot.feature] = float(number);
        present++;
        return true;
    case record_role_weight:
        if (!take_number(value, number) || number < 0) { return false; }
        // A weight of -0 is 0.
        out->weight = number + 0.0;
        return true;
    case record_role_id: return take_id(value);
    case record_role_timestamp: return take_timestamp(value);
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

bool Walk::take_timestamp(dom::element value) {
    out->has_timestamp = true;
    if (value.is_int64()) {
        out->timestamp = value.get_int64().value_unsafe();
        return out->timestamp >= 0 && out->timestamp <= RECORD_LATEST_TIMESTAMP;
    }
    if (!value.is_string()) { return false; }
    const std::string_view text = value.get_string().value_unsafe();
    return record_parse_timestamp(reinterpret_cast<const uint8_t *>(text.data()), text.size(), &out->timestamp);
}

bool Walk::take_label(dom::element value) {
    if (plan.classes.empty()) {
        out->label_kind = record_label_value;
        return take_number(value, out->label_value);
    }
    out->label_kind = record_label_class;
    for (out->label_class = 0; out->label_class < plan.classes.size(); out->label_class++) {
        const Class &one = plan.classes[out->label_class];
        double number;
        switch (one.kind) {
        case Class::Kind::text:
            if (value.is_string() && value.get_string().value_unsafe() == one.text) { return true; }
            break;
        case Class::Kind::boolean:
            if (value.is_bool() && value.get_bool().value_unsafe() == one.boolean) { return true; }
            break;
        case Class::Kind::number:
            if (value.is_number() && !value.get_double().get(number) && number == one.number) { return true; }
            break;
        }
    }
    return false;
}

} // namespace millrace
