#include <stdlib.h>
#include <string.h>

int edit(void) {
    char command[200] = "vi ";
    const char *file = getenv("EDIT_FILE");
    strncat(command, file, sizeof command - strlen(command) - 1);
    return system(command); // expect: CWE-78
}
