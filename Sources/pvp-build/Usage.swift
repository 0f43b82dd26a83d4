/// What `--help` prints.
package let usage = """
    Usage: pvp-build source|compile|publish NAME [OPTIONS...]

    Build DPDK or QEMU from source, one phase at a time

    source fetches and verifies the source of the [Build] section NAME. compile
    unpacks, patches and compiles it below /var/cache/pvpgen/builds. publish copies
    the result to /opt/pvpgen/builds. 'pvpgen build' starts all of them as services.

    Options:
      --root=DIR              Work on the tree below DIR instead of this machine
      -h, --help              Print this help

    Examples:
      pvp-build source dpdk-24.11
      pvp-build compile dpdk-24.11
      pvp-build publish dpdk-24.11

    Exit codes: 0 on success, 1 on failure, 2 for wrong usage.

    """
