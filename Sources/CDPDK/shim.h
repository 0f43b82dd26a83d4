// Only C includes DPDK's headers (CDPDKShim); this target carries the flags.
