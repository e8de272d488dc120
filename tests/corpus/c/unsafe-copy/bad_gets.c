#include <stdio.h>

int read_name(void) {
    char line[64];
    printf("name: ");
    if (gets(line) == NULL) { // expect: CWE-120
        return 1;
    }
    printf("%s\n", line);
    return 0;
}
