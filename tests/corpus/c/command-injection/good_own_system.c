struct star {
    int planets;
};

static int count_system(const char *name) {
    return name[0] == 'S' ? 8 : 0;
}

int planets(const char *name) {
    return count_system(name);
}
