#include <sys/wait.h>
#include <unistd.h>

int ping(const char *host) {
    pid_t child = fork();
    if (child == 0) {
        execlp("ping", "ping", "-c", "3", "--", host, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}
