#pragma once
#include <stddef.h>

/// Updates that are worth a processor's wider registers. The loop stands here once, and is compiled for what every machine has,
/// for AVX2 and for AVX-512; which one runs is found out when the program starts. None of them fuses a multiplication with an
/// addition, roots and divisions are exact, and sums have sixteen lanes in all, so that all give the same bits.

/// One update of Adam: what is the same for all weights.
typedef struct {
    /// The gradient is multiplied with it.
    float factor;
    /// The L2 penalty that is a part of the gradient.
    float l2;
    /// What is kept of a weight before the step; less than 1 where the penalty shrinks it beside the gradient.
    float kept;
    float first_moment;
    float second_moment;
    /// The step size, corrected for the first moment having begun at 0.
    float step;
    /// The root of the second moment's correction.
    float spread;
    float epsilon;
} adam_rule;

/// `[count]` each; none of them overlap.
typedef struct {
    float *weights;
    float *first;
    float *second;
} adam_planes;

/// Squared lengths of what an update makes.
typedef struct {
    float change;
    float weights;
    float first;
    float second;
} adam_lengths;

enum { adam_lanes = 16 };

/// Writes weights and moments as they are after an update into `after`. Cost: O(count).
/// Source: Kingma and Ba, "Adam" (ICLR 2015), algorithm 1.
/// - Parameter count: a multiple of `adam_lanes`.
adam_lengths adam_update(
    const adam_rule *rule, const adam_planes *before, const float *gradient, size_t count, const adam_planes *after);
