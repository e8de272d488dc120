#include <stdio.h>

void log_user(const char *user, const char *action) {
    char line[80];
    snprintf(line, sizeof line, "%s did %s", user, action);
    fputs(line, stderr);
}
