#include <stdio.h>
#include <inttypes.h>

#define ROW "%-10s %" PRIu64 "\n"

void row(const char *name, uint64_t size) {
    printf(ROW, name, size);
}
