#include <stdio.h>
#include <string.h>

int read_name(char *out, size_t size) {
    if (fgets(out, (int)size, stdin) == NULL) {
        return 1;
    }
    out[strcspn(out, "\n")] = '\0';
    return 0;
}
