#define _GNU_SOURCE
#include "dpdk_shim.h"

#include "cloader.h"

#include <rte_config.h>

#include <dlfcn.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rte_bus_pci.h>
#include <rte_bus_vdev.h>
#include <rte_devargs.h>
#include <rte_kvargs.h>
#include <rte_log.h>
#include <rte_pci.h>
#include <rte_version.h>

// The functions that are called. Only pvp-dpdk needs DPDK, and it alone fails where DPDK is missing or has another ABI.
#define DPDK_FUNCTIONS(USE) \
    USE(rte_devargs_parse) \
    USE(rte_kvargs_free) \
    USE(rte_kvargs_parse) \
    USE(rte_log_set_global_level) \
    USE(rte_pci_addr_cmp) \
    USE(rte_pci_addr_parse) \
    USE(rte_version)

static struct {
    DPDK_FUNCTIONS(CLOADER_FIELD)
} dpdk;

// The ABI of the headers. The first release with a new one is that of each November (DPDK: doc/guides/contributing/abi_policy.rst).
#if RTE_VERSION < RTE_VERSION_NUM(23, 11, 0, 0)
#define ABI "23"
#elif RTE_VERSION < RTE_VERSION_NUM(24, 11, 0, 0)
#define ABI "24"
#elif RTE_VERSION < RTE_VERSION_NUM(25, 11, 0, 0)
#define ABI "25"
#elif RTE_VERSION < RTE_VERSION_NUM(26, 11, 0, 0)
#define ABI "26"
#else
#error "this release of DPDK is not known: add its ABI"
#endif
// It is in the name of the directory of drivers, too, such as pmds-23.0.
_Static_assert(__builtin_strncmp(RTE_EAL_PMD_PATH + sizeof RTE_EAL_PMD_PATH - sizeof ABI ".0", ABI ".", sizeof ABI) == 0,
    "ABI: expected that of " RTE_EAL_PMD_PATH);

// A bus registers itself when its library is loaded. Since DPDK 23.11 the log is a library of its own, which librte_eal loads.
#define DPDK_LIBRARIES(USE) USE(eal) USE(kvargs) USE(pci) USE(bus_pci) USE(bus_vdev)
#define SONAME(name) "librte_" #name ".so." ABI
#define NOTE(name) CLOADER_NOTE(dpdk_##name, SONAME(name), "Checks of device arguments", "recommended")
DPDK_LIBRARIES(NOTE)

const char *dpdk_shim_load(void) {
#define LISTED(name) SONAME(name),
    static const char *const sonames[] = {DPDK_LIBRARIES(LISTED) NULL};
    static const char *const names[] = {DPDK_FUNCTIONS(CLOADER_NAME) NULL};
    return cloader_load(sonames, names, (void **)&dpdk);
}

const char *dpdk_shim_version(void) { return dpdk.rte_version(); }

const char *dpdk_shim_drivers(void) { return RTE_EAL_PMD_PATH; }

bool dpdk_shim_same_pci(const char *a, const char *b) {
    struct rte_pci_addr first, second;
    return dpdk.rte_pci_addr_parse(a, &first) == 0 && dpdk.rte_pci_addr_parse(b, &second) == 0 &&
        dpdk.rte_pci_addr_cmp(&first, &second) == 0;
}

static void load_drivers(const char *pattern) {
    glob_t found;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", RTE_EAL_PMD_PATH, pattern);
    if (glob(path, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            dlopen(found.gl_pathv[i], RTLD_NOW);
        globfree(&found);
    }
}

/// A virtual device is known to EAL only when its driver is loaded: net_vhost0 is of librte_net_vhost.so.
static void load_driver_of(const char *argument) {
    size_t length = strcspn(argument, ",");
    char pattern[128];
    while (length > 0 && argument[length - 1] >= '0' && argument[length - 1] <= '9')
        length--;
    // A name is letters, digits and _, so that it is no pattern of its own and no path.
    if (length == 0 || length > 100 || strspn(argument, "abcdefghijklmnopqrstuvwxyz0123456789_") < length)
        return;
    snprintf(pattern, sizeof pattern, "librte_%.*s.so", (int)length, argument);
    load_drivers(pattern);
}

enum dpdk_shim_answer dpdk_shim_check(const char *argument) {
    static bool all;
    struct rte_devargs device;
    dpdk.rte_log_set_global_level(RTE_LOG_EMERG);
    if (*argument == '\0')
        return DPDK_SHIM_UNKNOWN;
    int result = dpdk.rte_devargs_parse(&device, argument);
    if (result != 0) {
        load_driver_of(argument);
        result = dpdk.rte_devargs_parse(&device, argument);
    }
    if (result == -EFAULT && !all) {
        // Some drivers are in a library of another name. EAL itself loads them all; that takes 0.1 s, so it comes last.
        all = true;
        load_drivers("librte_*.so");
        result = dpdk.rte_devargs_parse(&device, argument);
    }
    if (result != 0)
        return result == -EINVAL ? DPDK_SHIM_TOO_LONG : DPDK_SHIM_UNKNOWN;
    struct rte_kvargs *arguments = dpdk.rte_kvargs_parse(device.args != NULL ? device.args : "", NULL);
    dpdk.rte_kvargs_free(arguments);
    free(device.data);
    return arguments != NULL ? DPDK_SHIM_ACCEPTED : DPDK_SHIM_BAD_ARGUMENTS;
}
