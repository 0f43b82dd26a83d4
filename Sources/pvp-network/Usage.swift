/// What `--help` prints.
package let usage = """
    Usage: pvp-network NAME --uuid=UUID [OPTIONS...] < NETWORK.xml
           pvp-network --destroy NAME --uuid=UUID [--connect=URI]

    Create or remove the libvirt network of the guests

    Creates a transient network from the XML on standard input, unless its name, its
    bridge or its addresses are in use.

    Options:
      --uuid=UUID             UUID of the network
      --address=ADDRESS/PREFIX
                              Address of this host on the network; required unless
                              --destroy is given
      --bridge=BRIDGE         Name of its bridge; required unless --destroy is given
      --destroy               Remove the network with this UUID; other networks of
                              that name are not changed
      --connect=URI           Use this libvirt; qemu:///system by default
      -h, --help              Print this help

    Examples:
      pvp-network --destroy pvp --uuid=6d34b1f0-3a0e-5f0c-9a51-0b5c7d2a8e11

    Exit codes: 0 on success, 1 on failure, 2 for wrong usage.

    """
