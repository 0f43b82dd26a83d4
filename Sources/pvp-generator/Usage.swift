/// What `--help` prints.
let usage = """
    Usage: pvp-generator NORMAL-DIR [EARLY-DIR LATE-DIR]

    Create the systemd units of a PVP host

    Options:
      -h, --help              Print this help

    Environment:
      PVPGEN_ROOT=DIR         Read from the tree below DIR instead of this machine

    Examples:
      pvp-generator /tmp/units
      PVPGEN_ROOT=/mnt pvp-generator /tmp/units

    Exit codes: 0 on success, 1 for errors in the configuration or if a directory
    cannot be written, 2 for wrong usage.

    """
