#include "clibvirt.h"

#include <dlfcn.h>
#include <pthread.h>

static struct libvirt_functions functions;
static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libvirt.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        problem = dlerror();
        return;
    }
#define LIBVIRT_FIND(name) \
    if ((functions.name = (__typeof__(name) *)dlsym(library, #name)) == NULL) \
        problem = dlerror();
    LIBVIRT_FUNCTIONS(LIBVIRT_FIND)
}

const char *libvirt_load(void) {
    pthread_once(&once, load);
    return problem;
}

const struct libvirt_functions *libvirt_loaded(void) { return &functions; }
