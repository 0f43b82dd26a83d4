#include "dpdk_shim.h"

#include <rte_config.h>
#include <rte_version.h>

const char *dpdk_shim_version(void) { return rte_version(); }
