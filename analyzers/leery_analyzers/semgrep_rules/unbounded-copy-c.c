#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void größe(char *source)
{
    char target[16];
    // ruleid: unbounded-copy-c
    strcpy(target, source);
    // ruleid: unbounded-copy-c
    strcat(target, source);
    // ruleid: unbounded-copy-c
    gets(target);
    // ruleid: unbounded-copy-c
    sprintf(target, "%s/%d", source, 3);
    // ruleid: unbounded-copy-c
    scanf("%s", target);
    // ruleid: unbounded-copy-c
    sscanf(source, "%d %[a-z]", &target, target);
}

char *copy(const char *source)
{
    char *target = malloc(strlen(source) + 1);
    if (target == NULL) {
        return NULL;
    }
    // ok: unbounded-copy-c
    strcpy(target, source);
    return target;
}

int bounded(const char *source)
{
    char target[16];
    if (strlen(source) >= sizeof target) {
        return -1;
    }
    // ok: unbounded-copy-c
    strcpy(target, source);
    // ok: unbounded-copy-c
    strcpy(target, "größe");
    // ok: unbounded-copy-c
    sprintf(target, "%d", 3);
    // ok: unbounded-copy-c
    snprintf(target, sizeof target, "%s", source);
    // ok: unbounded-copy-c
    scanf("%15s", target);
    // ok: unbounded-copy-c
    scanf("%d", &target);
    return 0;
}

char *measured(const char *source)
{
    size_t length = strlen(source);
    char *target = malloc(length + 1);
    if (target == NULL) {
        return NULL;
    }
    // ok: unbounded-copy-c
    strcpy(target, source);
    return target;
}

void by_the_source(const char *source)
{
    char target[16];
    // ruleid: unbounded-copy-c
    memcpy(target, source, strlen(source) + 1);
    // ruleid: unbounded-copy-c
    strncpy(target, source, strlen(source));
}

void by_the_target(const char *source)
{
    char target[16];
    // ok: unbounded-copy-c
    strncpy(target, source, sizeof(target) - 1);
    if (strlen(source) >= sizeof(target)) {
        return;
    }
    // ok: unbounded-copy-c
    memcpy(target, source, strlen(source) + 1);
}
