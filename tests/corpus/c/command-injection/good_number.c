#include <stdio.h>
#include <stdlib.h>

int signal_worker(int pid) {
    char command[64];
    snprintf(command, sizeof command, "kill -HUP %d", pid);
    return system(command);
}
