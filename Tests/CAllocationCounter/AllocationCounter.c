#include "AllocationCounter.h"
#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static __thread int counting;
static __thread uint64_t count;

void allocation_counter_start(void) { count = 0; counting = 1; }
uint64_t allocation_counter_stop(void) { counting = 0; return count; }

void *malloc(size_t size) { count += counting; return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count += counting; return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { count += counting; return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { count += counting; return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { count += counting; return __libc_memalign(alignment, size); }
int posix_memalign(void **out, size_t alignment, size_t size) {
    count += counting;
    *out = __libc_memalign(alignment, size);
    return *out ? 0 : ENOMEM;
}
