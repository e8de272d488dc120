#include <stdio.h>
#include <stdlib.h>

void fail(const char *message) {
    fprintf(stderr, message); // expect: CWE-134
    exit(1);
}
