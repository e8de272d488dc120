#include <stdio.h>
#include <stdlib.h>

void größe(const char *name)
{
    char command[64];
    snprintf(command, sizeof command, "ls %s", name);
    // ruleid: command-from-value-c
    system(command);
}

int main(int argc, char **argv)
{
    // ruleid: command-from-value-c
    system(argv[1]);
    // ok: command-from-value-c
    system("clear");
    return 0;
}

void fixed(void)
{
    char command[64] = "date";
    // ok: command-from-value-c
    system(command);
}

FILE *opened(char *command)
{
    // ruleid: command-from-value-c
    return popen(command, "r");
}

void numbers(int größe)
{
    char command[64];
    snprintf(command, sizeof command, "kill %d", größe);
    // ok: command-from-value-c
    system(command);
}
