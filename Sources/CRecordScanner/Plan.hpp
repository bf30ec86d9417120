#pragma once
#include "Classes.hpp"
#include "RecordScanner.h"
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// What is to be done with the value at one place of a record.
struct Slot {
    record_role role;
    /// Of a feature, its number.
    uint32_t feature = 0;
    /// A number's place in the row; `none` where the feature isn't one.
    uint32_t number = none;

    static constexpr uint32_t none = UINT32_MAX;
};

/// One place of a record that some path leads to or through.
struct Node {
    struct Child {
        std::string name;
        /// The array index that the name stands for; -1 where it is none.
        int64_t index;
        size_t node;
        /// The record in which the member was last met; a second time in one record is a duplicate key.
        uint64_t met = 0;
    };
    static constexpr size_t none = SIZE_MAX;

    std::vector<Child> children;
    std::vector<Slot> slots;
    /// Open addressing: child + 1, or 0. A power of two, at most half full.
    std::vector<uint32_t> buckets;
    bool only_indexes = true;

    /// The child called `name`. Records of one stream have their members in one order, so the one after the last one met
    /// is tried first.
    size_t find(std::string_view name, size_t expected) const {
        if (expected < children.size() && same(children[expected].name, name)) { return expected; }
        if (children.empty()) { return none; }
        for (size_t place = hash(name) & (buckets.size() - 1); buckets[place] != 0;
             place = (place + 1) & (buckets.size() - 1)) {
            if (same(children[buckets[place] - 1].name, name)) { return buckets[place] - 1; }
        }
        return none;
    }

    size_t add(std::string_view name, size_t node) {
        children.push_back({std::string(name), index(name), node});
        only_indexes = only_indexes && children.back().index >= 0;
        buckets.assign(4, 0);
        while (buckets.size() < 2 * children.size()) { buckets.resize(2 * buckets.size()); }
        for (size_t child = 0; child < children.size(); child++) {
            size_t place = hash(children[child].name) & (buckets.size() - 1);
            while (buckets[place] != 0) { place = (place + 1) & (buckets.size() - 1); }
            buckets[place] = uint32_t(child + 1);
        }
        return children.size() - 1;
    }

private:
    static bool same(const std::string &a, std::string_view b) {
        return a.size() == b.size() && std::memcmp(a.data(), b.data(), b.size()) == 0;
    }

    /// FNV-1a. The names in the table come from the settings, so nobody can make them collide.
    static uint64_t hash(std::string_view name) {
        uint64_t hash = 0xcbf29ce484222325;
        for (unsigned char byte : name) { hash = (hash ^ byte) * 0x100000001b3; }
        return hash ^ (hash >> 32);
    }

    /// RFC 6901, section 4: digits without a leading zero.
    static int64_t index(std::string_view name) {
        if (name.empty() || name.size() > 9 || (name.size() > 1 && name[0] == '0')) { return -1; }
        int64_t index = 0;
        for (char digit : name) {
            if (digit < '0' || digit > '9') { return -1; }
            index = index * 10 + (digit - '0');
        }
        return index;
    }
};

struct Plan {
    /// Numbers that every row has.
    size_t columns;
    double largest_magnitude;
    /// The first one is the whole record.
    std::vector<Node> nodes = std::vector<Node>(1);
    std::vector<record_feature> features;
    /// Features that a record must have.
    std::vector<size_t> required;
    /// Empty for a regression.
    Classes classes;
};

} // namespace millrace
