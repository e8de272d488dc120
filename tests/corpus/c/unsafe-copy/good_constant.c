#include <stdio.h>
#include <string.h>

void greet(void) {
    char text[32];
    strcpy(text, "hello");
    strcat(text, ", you");
    puts(text);
}
