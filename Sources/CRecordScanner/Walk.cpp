#include "Walk.hpp"
#include <algorithm>
#include <limits>

using namespace simdjson;

namespace millrace {

bool Walk::root(dom::element value) {
    std::fill_n(row.numbers, plan.columns, std::numeric_limits<float>::quiet_NaN());
    std::memset(row.counts, 0, plan.features.size() * sizeof *row.counts);
    *out = {};
    out->weight = 1;
    keys.clear();
    Node &top = plan.nodes[0];
    // jansson takes objects and arrays only.
    if (value.is_object() ? !members(top, value.get_object().value_unsafe())
                          : !(value.is_array() && elements(top, value.get_array().value_unsafe()))) {
        return false;
    }
    // A record of the labels topic has none, and none is declared.
    if (present == 0 && !plan.features.empty()) { return false; }
    for (size_t feature : plan.required) {
        if (row.counts[feature] < plan.features[feature].needed) { return false; }
    }
    return true;
}

bool Walk::members(Node &node, dom::object object) {
    const size_t first = keys.size();
    size_t expected = 0;
    for (auto member : object) {
        const size_t child = node.find(member.key, expected);
        if (child == Node::none) {
            keys.push_back(member.key);
            if (!ignored(member.value)) { return false; }
            continue;
        }
        if (node.children[child].met == record) { return false; }
        node.children[child].met = record;
        expected = child + 1;
        if (!visit(plan.nodes[node.children[child].node], member.value)) { return false; }
    }
    return distinct(first);
}

bool Walk::elements(Node &node, dom::array array) {
    if (!node.only_indexes) { return false; }
    int64_t index = 0;
    for (dom::element element : array) {
        const auto child = std::find_if(
            node.children.begin(), node.children.end(), [&](const Node::Child &child) { return child.index == index; });
        if (!(child == node.children.end() ? ignored(element) : visit(plan.nodes[child->node], element))) { return false; }
        index++;
    }
    return true;
}

bool Walk::visit(const Node &node, dom::element value) {
    for (Slot slot : node.slots) {
        if (!apply(slot, value)) { return false; }
    }
    if (node.children.empty()) { return true; }
    switch (value.type()) {
    case dom::element_type::OBJECT: return members(const_cast<Node &>(node), value.get_object().value_unsafe());
    case dom::element_type::ARRAY: return elements(const_cast<Node &>(node), value.get_array().value_unsafe());
    case dom::element_type::NULL_VALUE: return true;
    default: return false;
    }
}

bool Walk::ignored(dom::element value) {
    switch (value.type()) {
    case dom::element_type::OBJECT: {
        const size_t first = keys.size();
        for (auto member : value.get_object().value_unsafe()) {
            keys.push_back(member.key);
            if (!ignored(member.value)) { return false; }
        }
        return distinct(first);
    }
    case dom::element_type::ARRAY:
        for (dom::element element : value.get_array().value_unsafe()) {
            if (!ignored(element)) { return false; }
        }
        return true;
    case dom::element_type::INT64:
    case dom::element_type::DOUBLE:
    case dom::element_type::STRING:
    case dom::element_type::BOOL:
    case dom::element_type::NULL_VALUE: return true;
    // Integers from 2^63 on.
    default: return false;
    }
}

/// Takes the keys from `first` on off the stack. Sorted where they are many, so that no record can make it quadratic.
bool Walk::distinct(size_t first) {
    const auto begin = keys.begin() + ptrdiff_t(first), end = keys.end();
    if (end - begin > 8) {
        std::sort(begin, end);
        if (std::adjacent_find(begin, end) != end) { return false; }
    } else {
        for (auto key = begin; key != end; ++key) {
            if (std::find(begin, key, *key) != key) { return false; }
        }
    }
    keys.resize(first);
    return true;
}

} // namespace millrace
