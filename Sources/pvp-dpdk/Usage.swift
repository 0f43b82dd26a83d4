/// What `--help` prints.
package let usage = """
    Usage: pvp-dpdk VERB [OPTIONS...]

    Ask the installed DPDK for its version, or whether it accepts devices

    Verbs:
      version                 Print the version of DPDK
      check                   Print each device option that DPDK refuses

    Options:
      -a, --allow=DEVICE      For check: PCI device, as on the command line of
                              testpmd
      --vdev=DEVICE           For check: virtual device, such as
                              net_vhost0,iface=/run/pvp/vhost/a
      -h, --help              Print this help

    Examples:
      pvp-dpdk version
      pvp-dpdk check -a 0000:17:00.0 --vdev=net_vhost0,iface=/tmp/vhost

    Exit codes: 0 on success, 1 if a device is refused, 2 for wrong usage.

    """
