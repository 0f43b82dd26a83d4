#pragma once

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/// Libraries that are loaded when they are first used: most runs of pvpgen, under whichever of its names, need none of them.
///
/// A header declares a library with a list of its functions:
///
///     #define EXAMPLE_FUNCTIONS(USE) USE(example_open) USE(example_close)
///     CLOADER_DECLARE(example, EXAMPLE_FUNCTIONS)
///
/// A source file defines that library with the name of the file to load:
///
///     CLOADER_DEFINE(example, EXAMPLE_FUNCTIONS, "libexample.so.1", "What pvpgen needs it for", "required")

/// Declares `struct NAME_functions`, with each function under its own name; `NAME_load()`, which loads the library once and returns NULL on
/// success or else the reason, for example that there is no such file; and `NAME_loaded()`, for use after success.
#define CLOADER_DECLARE(name, FUNCTIONS) \
    struct name##_functions { \
        FUNCTIONS(CLOADER_FIELD) \
    }; \
    const char *_Nullable name##_load(void); \
    const struct name##_functions *_Nonnull name##_loaded(void);

/// Defines what CLOADER_DECLARE() declares, and notes the library in the program.
#define CLOADER_DEFINE(name, FUNCTIONS, soname, description, priority) \
    CLOADER_NOTE(name, soname, description, priority) \
    static struct name##_functions name##_table; \
    static const char *name##_problem; \
    static void name##_load_once(void) { \
        static const char *const sonames[] = {soname, NULL}; \
        static const char *const names[] = {FUNCTIONS(CLOADER_NAME) NULL}; \
        name##_problem = cloader_load(sonames, names, (void **)&name##_table); \
    } \
    const char *name##_load(void) { \
        static pthread_once_t once = PTHREAD_ONCE_INIT; \
        pthread_once(&once, name##_load_once); \
        return name##_problem; \
    } \
    const struct name##_functions *name##_loaded(void) { return &name##_table; }

#define CLOADER_FIELD(function) __typeof__(function) *_Nonnull function;
#define CLOADER_NAME(function) #function,

/// Notes a library in the program that loads it, in the form that package builders read (https://systemd.io/ELF_DLOPEN_METADATA/):
/// packages/loaded-libraries prints the notes, and the packages depend on these libraries. `priority` is "required", or "recommended" if the
/// program has a use without the library.
#define CLOADER_NOTE(name, soname, description, priority) \
    __attribute__((used, section(".note.dlopen"))) static const struct { \
        _Alignas(4) uint32_t owner_size; \
        uint32_t text_size, type; \
        char owner[4]; \
        _Alignas(4) char text[sizeof CLOADER_JSON(#name, soname, description, priority)]; \
    } name##_note = {4, sizeof CLOADER_JSON(#name, soname, description, priority), 0x407c0c0a, "FDO", \
        CLOADER_JSON(#name, soname, description, priority)};
#define CLOADER_JSON(name, soname, description, priority) \
    "[{\"feature\":\"" name "\",\"description\":\"" description "\",\"priority\":\"" priority "\",\"soname\":[\"" soname "\"]}]"

/// Loads libraries and finds functions in them; both lists end with NULL. `functions` has a place for the address of each function.
/// Returns NULL on success, or else the reason.
const char *_Nullable cloader_load(
    const char *_Nullable const *_Nonnull sonames, const char *_Nullable const *_Nonnull names, void *_Nullable *_Nonnull functions);
