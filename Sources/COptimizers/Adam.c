#include "COptimizers.h"
#include "Lanes.h"

EACH_PROCESSOR adam_lengths adam_update(
    const adam_rule *rule, const adam_planes *before, const float *gradient, size_t count, const adam_planes *after) {
    const adam_rule r = *rule;
    const float *restrict weights = before->weights, *restrict first = before->first, *restrict second = before->second;
    float *restrict new_weights = after->weights, *restrict new_first = after->first, *restrict new_second = after->second;
    lanes changes = {0}, lengths = {0}, firsts = {0}, seconds = {0};
    for (size_t at = 0; at < count; at += adam_lanes) {
        const lanes old = LOAD(weights + at);
        const lanes slope = r.factor * LOAD(gradient + at) + r.l2 * old;
        const lanes moment = r.first_moment * LOAD(first + at) + (1 - r.first_moment) * slope;
        const lanes square = r.second_moment * LOAD(second + at) + (1 - r.second_moment) * (slope * slope);
        const lanes change = r.step * moment / (r.spread * __builtin_elementwise_sqrt(square) + r.epsilon);
        const lanes changed = r.kept * old - change;
        STORE(new_weights + at, changed);
        STORE(new_first + at, moment);
        STORE(new_second + at, square);
        changes += change * change;
        lengths += changed * changed;
        firsts += moment * moment;
        seconds += square * square;
    }
    return (adam_lengths){SUM(changes), SUM(lengths), SUM(firsts), SUM(seconds)};
}
