#pragma once
#include <string.h>

#pragma clang fp contract(off)

/// Sixteen numbers: one register, two, or four.
typedef float lanes __attribute__((vector_size(64)));

#if defined(__x86_64__) && defined(__linux__)
#define EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EACH_PROCESSOR
#endif

// Macros, because a function would be compiled for every machine and not become a part of its clones.
#define LOAD(from) ({ lanes loaded; memcpy(&loaded, (from), sizeof loaded); loaded; })
#define STORE(to, value) ({ const lanes stored = (value); memcpy((to), &stored, sizeof stored); })
#define SUM(v) \
    (((v)[0] + (v)[1] + (v)[2] + (v)[3]) + ((v)[4] + (v)[5] + (v)[6] + (v)[7]) \
     + (((v)[8] + (v)[9] + (v)[10] + (v)[11]) + ((v)[12] + (v)[13] + (v)[14] + (v)[15])))
