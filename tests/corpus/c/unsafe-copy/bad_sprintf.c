#include <stdio.h>

void log_user(const char *user, const char *action) {
    char line[80];
    sprintf(line, "%s did %s", user, action); // expect: CWE-120
    fputs(line, stderr);
}
