#pragma once

/// The version of the DPDK that this program runs with, e.g. "DPDK 22.11.11".
const char *dpdk_shim_version(void);
