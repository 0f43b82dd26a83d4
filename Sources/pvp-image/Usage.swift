/// What `--help` prints.
package let usage = """
    Usage: pvp-image GUEST [OPTIONS...]

    Create the disk of a guest

    Downloads and verifies the image of the guest's [Guest] section, creates its
    overlay disk and prepares it. A disk that exists is not changed.

    Options:
      --root=DIR              Work on the tree below DIR instead of this machine
      -h, --help              Print this help

    Examples:
      pvp-image guest

    Exit codes: 0 on success, 1 on failure, 2 for wrong usage.

    """
