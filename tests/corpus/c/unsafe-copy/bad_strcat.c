#include <stdlib.h>
#include <string.h>

char *path_of(const char *folder, const char *name) {
    static char path[128] = "/srv/files/";
    strcat(path, folder); // expect: CWE-120
    strcat(path, name); // expect: CWE-120
    return path;
}
