#include <stdio.h>
#include <syslog.h>

void größe(char *text, struct record *entry)
{
    char target[64];
    // ruleid: format-from-value-c
    printf(text);
    // ruleid: format-from-value-c
    fprintf(stderr, entry->message);
    // ruleid: format-from-value-c
    snprintf(target, sizeof target, text);
    // ruleid: format-from-value-c
    syslog(LOG_ERR, text);
}

void fixed(char *text)
{
    const char *format = "größe %d\n";
    // ok: format-from-value-c
    printf("%s", text);
    // ok: format-from-value-c
    printf("done\n");
    // ok: format-from-value-c
    printf(USAGE);
    // ok: format-from-value-c
    printf(format);
    // ok: format-from-value-c
    printf(_("done"));
}
