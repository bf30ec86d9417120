#pragma once
#include "Plan.hpp"
#include <simdjson.h>

namespace millrace {

/// One pass over a parsed record: fills the row, and finds everything that jansson refuses and simdjson doesn't.
/// Every function says false where it is unsure.
class Walk {
public:
    Walk(Plan &plan, std::vector<std::string_view> &keys, std::vector<uint8_t> &id, uint64_t record, bool escapes, record_row row,
         scanned_record *out)
        : plan(plan), keys(keys), id(id), record(record), escapes(escapes), row(row), out(out) {}

    bool root(simdjson::dom::element value);

private:
    bool visit(const Node &node, simdjson::dom::element value);
    bool members(Node &node, simdjson::dom::object object);
    bool elements(Node &node, simdjson::dom::array array);
    /// A value that nobody asked for: there may still be duplicate keys or too large integers in it.
    bool ignored(simdjson::dom::element value);
    bool distinct(size_t first);

    bool apply(Slot slot, simdjson::dom::element value);
    bool take_feature(size_t index, simdjson::dom::element value);
    bool take_float(simdjson::dom::element value, float &number);
    bool take_values(simdjson::dom::element value, size_t length, float *target, uint32_t &present);
    bool take_sequence(const record_feature &feature, simdjson::dom::element value, uint32_t &steps);
    bool take_category(simdjson::dom::element value, uint64_t &hash);
    bool take_words(const record_feature &feature, simdjson::dom::element value, uint32_t &words);

    bool take_number(simdjson::dom::element value, double &number);
    bool take_id(simdjson::dom::element value);
    bool take_timestamp(simdjson::dom::element value, int64_t &milliseconds);
    bool take_label(simdjson::dom::element value);

    Plan &plan;
    std::vector<std::string_view> &keys;
    std::vector<uint8_t> &id;
    const uint64_t record;
    /// Whether there is a backslash anywhere in the record.
    const bool escapes;
    const record_row row;
    scanned_record *out;
    size_t present = 0;
};

} // namespace millrace
