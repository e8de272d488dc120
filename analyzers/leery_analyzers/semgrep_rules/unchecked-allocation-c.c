#include <stdlib.h>
#include <string.h>

void größe(size_t size)
{
    char *text = malloc(size);
    // ruleid: unchecked-allocation-c
    memset(text, 0, size);
}

struct node *made(int value)
{
    struct node *first = malloc(sizeof *first);
    // ruleid: unchecked-allocation-c
    first->value = value;
    return first;
}

void later(struct list *list, size_t size)
{
    int *numbers;
    numbers = calloc(size, sizeof *numbers);
    // ruleid: unchecked-allocation-c
    numbers[0] = 1;
}

char *checked(size_t size)
{
    char *größe = malloc(size);
    if (größe == NULL) {
        return NULL;
    }
    // ok: unchecked-allocation-c
    memset(größe, 0, size);
    char *other = xmalloc(size);
    // ok: unchecked-allocation-c
    other[0] = 'a';
    char *last = malloc(size);
    if (last) {
        // ok: unchecked-allocation-c
        last[0] = 'a';
    }
    return größe;
}
