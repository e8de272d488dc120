#include <stdio.h>
#include <stdlib.h>

const char *title(char *out, size_t size) {
    const char *format = getenv("TITLE");
    snprintf(out, size, format); // expect: CWE-134
    return out;
}
