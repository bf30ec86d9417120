#include "RecordScanner.h"
#include "Walk.hpp"

struct record_scanner {
    millrace::Plan plan;
    simdjson::dom::parser parser;
    /// The record and the padding that simdjson reads beyond it.
    std::vector<uint8_t> scratch;
    /// Keys that nobody asked for, of the objects that are open.
    std::vector<std::string_view> keys;
    std::vector<uint8_t> id;
    uint64_t records = 0;

    /// Makes room for a record of `count` bytes, in powers of two.
    bool reserve(size_t count) {
        if (count + simdjson::SIMDJSON_PADDING <= scratch.size()) { return true; }
        size_t room = 4096;
        while (room < count) { room *= 2; }
        scratch.resize(room + simdjson::SIMDJSON_PADDING);
        id.reserve(room);
        return parser.allocate(room) == simdjson::SUCCESS;
    }
};

record_scanner *record_scanner_create(size_t columns, double largest_magnitude) {
    auto scanner = new record_scanner();
    scanner->plan.columns = columns;
    scanner->plan.largest_magnitude = largest_magnitude;
    return scanner;
}

void record_scanner_destroy(record_scanner *scanner) { delete scanner; }

/// The place in the plan that these reference tokens lead to.
static millrace::Node &node_at(record_scanner *scanner, const record_text *tokens, size_t count) {
    auto &nodes = scanner->plan.nodes;
    size_t place = 0;
    for (size_t token = 0; token < count; token++) {
        const std::string_view name(reinterpret_cast<const char *>(tokens[token].bytes), tokens[token].count);
        size_t child = nodes[place].find(name, 0);
        if (child == millrace::Node::none) {
            child = nodes[place].add(name, nodes.size());
            nodes.emplace_back();
        }
        place = nodes[place].children[child].node;
    }
    return nodes[place];
}

void record_scanner_add_path(record_scanner *scanner, const record_text *tokens, size_t count, record_role role) {
    node_at(scanner, tokens, count).slots.push_back({role});
}

void record_scanner_add_feature(
    record_scanner *scanner, const record_text *tokens, size_t count, record_feature feature) {
    auto &features = scanner->plan.features;
    const uint32_t number = feature.kind == record_kind_number ? uint32_t(feature.place) : millrace::Slot::none;
    node_at(scanner, tokens, count).slots.push_back({record_role_feature, uint32_t(features.size()), number});
    if (feature.needed > 0) { scanner->plan.required.push_back(features.size()); }
    features.push_back(feature);
}

void record_scanner_add_text_class(record_scanner *scanner, record_text name) {
    const std::string text(reinterpret_cast<const char *>(name.bytes), name.count);
    scanner->plan.classes.add({millrace::Class::Kind::text, text, 0, false});
}

void record_scanner_add_number_class(record_scanner *scanner, double number) {
    scanner->plan.classes.add({millrace::Class::Kind::number, "", number, false});
}

void record_scanner_add_boolean_class(record_scanner *scanner, bool boolean) {
    scanner->plan.classes.add({millrace::Class::Kind::boolean, "", 0, boolean});
}

/// Jansson refuses some of what \u can say (U+0000, lone surrogates), so all of it is unsure.
static bool has_unicode_escape(const uint8_t *bytes, size_t count, bool &escapes) {
    const uint8_t *end = bytes + count;
    while (auto found = static_cast<const uint8_t *>(std::memchr(bytes, '\\', size_t(end - bytes)))) {
        escapes = true;
        if (found + 1 == end || found[1] == 'u') { return true; }
        bytes = found + 2;
    }
    return false;
}

bool record_scanner_scan(
    record_scanner *scanner, const uint8_t *bytes, size_t count, record_row row, scanned_record *out) {
    if (count == 0 || count > RECORD_SCANNER_LONGEST || !scanner->reserve(count)) { return false; }
    // Newer simdjsons skip a byte order mark; jansson refuses it.
    if (bytes[0] == 0xEF) { return false; }
    bool escapes = false;
    if (has_unicode_escape(bytes, count, escapes)) { return false; }
    std::memcpy(scanner->scratch.data(), bytes, count);
    std::memset(scanner->scratch.data() + count, 0, simdjson::SIMDJSON_PADDING);
    simdjson::dom::element root;
    if (scanner->parser.parse(scanner->scratch.data(), count, false).get(root)) { return false; }
    millrace::Walk walk(
        scanner->plan, scanner->keys, scanner->id, ++scanner->records, escapes, row, out);
    return walk.root(root);
}
