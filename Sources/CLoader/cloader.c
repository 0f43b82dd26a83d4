#include "cloader.h"

#include <dlfcn.h>

enum { LIMIT = 8 };

const char *cloader_load(const char *const *sonames, const char *const *names, void **functions) {
    void *libraries[LIMIT];
    size_t count = 0;
    for (; count < LIMIT && sonames[count] != NULL; count++)
        if ((libraries[count] = dlopen(sonames[count], RTLD_NOW | RTLD_LOCAL)) == NULL)
            return dlerror();
    for (; *names != NULL; names++, functions++) {
        *functions = NULL;
        for (size_t i = 0; i < count && *functions == NULL; i++)
            *functions = dlsym(libraries[i], *names);
        if (*functions == NULL)
            return dlerror();
    }
    return NULL;
}
