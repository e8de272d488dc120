#include <stdio.h>

int main(int argc, char **argv) {
    char line[512];
    snprintf(line, sizeof line, "grep -n '%s' notes.txt", argc > 1 ? argv[1] : "");
    FILE *out = popen(line, "r"); // expect: CWE-78
    return out == NULL;
}
