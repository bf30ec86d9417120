#pragma once
#include <stdint.h>

/// Counts the heap allocations of the calling thread between start and stop, by standing in for malloc.
void allocation_counter_start(void);
uint64_t allocation_counter_stop(void);
