#include <syslog.h>

void note(const char *user) {
    openlog("app", LOG_PID, LOG_USER);
    syslog(LOG_INFO, user); // expect: CWE-134
    closelog();
}
