#pragma once

#include <stdbool.h>

/// Loads the libraries of the DPDK that this program is built for; to be called once, before all else. Returns what is wrong, such as that there
/// is no such file; NULL on success.
const char *dpdk_shim_load(void);

/// The version of the DPDK that this program runs with, e.g. "DPDK 22.11.11".
const char *dpdk_shim_version(void);

/// What EAL said to a device argument.
enum dpdk_shim_answer {
    DPDK_SHIM_ACCEPTED,
    /// No bus knows a device of that name, or no driver has it.
    DPDK_SHIM_UNKNOWN,
    /// The name is longer than a device's name may be.
    DPDK_SHIM_TOO_LONG,
    /// What follows the name is not a list of KEY=VALUE.
    DPDK_SHIM_BAD_ARGUMENTS,
};

/// Reads the value of an -a or --vdev option as EAL does, with its log quiet. No device is touched, and nothing is kept.
enum dpdk_shim_answer dpdk_shim_check(const char *argument);

/// The directory that EAL takes its drivers from.
const char *dpdk_shim_drivers(void);

/// Whether both are PCI addresses to EAL, of the same function.
bool dpdk_shim_same_pci(const char *a, const char *b);
