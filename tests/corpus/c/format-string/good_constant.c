#include <stdio.h>

static const char *const FORMAT = "%d of %d\n";

void progress(int done, int total) {
    printf(FORMAT, done, total);
}
