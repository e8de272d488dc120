#include <stdlib.h>

int clear_screen(void) {
    return system("clear");
}
