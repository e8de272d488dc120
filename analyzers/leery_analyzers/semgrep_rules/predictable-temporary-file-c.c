#include <stdio.h>
#include <stdlib.h>

void größe(void)
{
    char name[] = "/var/tmp/größeXXXXXX";
    // ruleid: predictable-temporary-file-c
    FILE *file = fopen(tmpnam(NULL), "w");
    // ruleid: predictable-temporary-file-c
    mktemp(name);
    // ruleid: predictable-temporary-file-c
    char *other = tempnam("/var/tmp", "a");
    // ruleid: predictable-temporary-file-c
    char *again = tmpnam(name);
    // ok: predictable-temporary-file-c
    int handle = mkstemp(name);
    // ok: predictable-temporary-file-c
    FILE *safe = tmpfile();
    // ok: predictable-temporary-file-c
    char *folder = mkdtemp(name);
}
