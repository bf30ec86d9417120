#pragma once
#include "ValueHash.hpp"
#include <string>
#include <vector>

namespace millrace {

/// One class, as the JSON scalar that stands for it.
struct Class {
    enum class Kind { text, number, boolean } kind;
    std::string text;
    double number;
    bool boolean;

    uint64_t hash() const {
        switch (kind) {
        case Kind::text: return ValueHash::text(text);
        case Kind::number: return ValueHash::number(number);
        default: return ValueHash::boolean(boolean);
        }
    }
};

/// The declared classes. A few are compared one by one, many are looked up by their hash.
class Classes {
public:
    static constexpr size_t few = 8;
    static constexpr size_t none = SIZE_MAX;

    bool empty() const { return all.empty(); }

    void add(Class one) {
        all.push_back(std::move(one));
        if (all.size() <= few) { return; }
        buckets.assign(64, 0);
        while (buckets.size() < 2 * all.size()) { buckets.resize(2 * buckets.size()); }
        for (size_t number = 0; number < all.size(); number++) {
            size_t place = all[number].hash() & (buckets.size() - 1);
            while (buckets[place] != 0) { place = (place + 1) & (buckets.size() - 1); }
            buckets[place] = uint32_t(number + 1);
        }
    }

    /// The number of the class that is `same`; `none` where there is none, or where only comparing them all would tell.
    template <typename Hash, typename Same> size_t find(Hash hash, Same same) const {
        if (all.size() <= few) {
            for (size_t number = 0; number < all.size(); number++) {
                if (same(all[number])) { return number; }
            }
            return none;
        }
        for (size_t place = hash() & (buckets.size() - 1); buckets[place] != 0; place = (place + 1) & (buckets.size() - 1)) {
            if (same(all[buckets[place] - 1])) { return buckets[place] - 1; }
        }
        return none;
    }

private:
    std::vector<Class> all;
    /// Open addressing: class + 1, or 0. A power of two, at most half full.
    std::vector<uint32_t> buckets;
};

} // namespace millrace
