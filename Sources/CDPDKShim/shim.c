#include "dpdk_shim.h"

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

// Since DPDK 23.11 the log is a library of its own, which librte_eal loads. A weak reference needs no -lrte_log, which older releases lack.
#pragma weak rte_log_set_global_level

// A bus registers itself when its library is loaded, and a linker that drops unused libraries would drop it.
__attribute__((used)) static const void *const buses[] = {(const void *)rte_pci_dump, (const void *)rte_vdev_init};

const char *dpdk_shim_version(void) { return rte_version(); }

const char *dpdk_shim_drivers(void) { return RTE_EAL_PMD_PATH; }

bool dpdk_shim_same_pci(const char *a, const char *b) {
    struct rte_pci_addr first, second;
    return rte_pci_addr_parse(a, &first) == 0 && rte_pci_addr_parse(b, &second) == 0 && rte_pci_addr_cmp(&first, &second) == 0;
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
    if (rte_log_set_global_level) rte_log_set_global_level(RTE_LOG_EMERG);
    if (*argument == '\0')
        return DPDK_SHIM_UNKNOWN;
    int result = rte_devargs_parse(&device, argument);
    if (result != 0) {
        load_driver_of(argument);
        result = rte_devargs_parse(&device, argument);
    }
    if (result == -EFAULT && !all) {
        // Some drivers are in a library of another name. EAL itself loads them all; that takes 0.1 s, so it comes last.
        all = true;
        load_drivers("librte_*.so");
        result = rte_devargs_parse(&device, argument);
    }
    if (result != 0)
        return result == -EINVAL ? DPDK_SHIM_TOO_LONG : DPDK_SHIM_UNKNOWN;
    struct rte_kvargs *arguments = rte_kvargs_parse(device.args != NULL ? device.args : "", NULL);
    rte_kvargs_free(arguments);
    free(device.data);
    return arguments != NULL ? DPDK_SHIM_ACCEPTED : DPDK_SHIM_BAD_ARGUMENTS;
}
