#include <stdio.h>

void fail(const char *message) {
    fputs(message, stderr);
    fprintf(stderr, "\n");
}
