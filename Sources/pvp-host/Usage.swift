/// What `--help` prints.
package let usage = """
    Usage: pvp-host VERB [OPTIONS...]

    Change one thing of this host, or restore it

    Verbs:
      reserve-hugepages --node=N --size=SIZE --pages=COUNT
                              Provide COUNT free hugepages of 2M or 1G on a NUMA
                              node
      release-hugepages --node=N --size=SIZE
                              Remove the hugepages that reserve-hugepages added
      create-vfs ADDRESS --count=COUNT
                              Create virtual functions on a NIC
      remove-vfs ADDRESS      Remove the virtual functions
      bind-vfio ADDRESS [OPTIONS...]
                              Bind a NIC to vfio-pci
      unbind-vfio ADDRESS     Restore the previous driver and driver_override of a
                              NIC
      tune --isolated=CPUS --housekeeping=CPUS [OPTIONS...] ITEM...
                              Keep the host off isolated CPUs, and save the previous
                              values. Items: nmi-watchdog, workqueues, interrupts,
                              irqbalance, slices, ksm, transparent-hugepages,
                              numa-balancing, statistics, governor, turbo,
                              corrected-errors, realtime-limit, siblings
      untune                  Restore the values that tune saved
      move-threads GUEST      Move kernel threads of a guest's QEMU that were
                              created on the CPU of a vCPU to the CPUs of the
                              emulator
      ready UNIT...           Succeed if all units are active, otherwise print those
                              that are not
      config-error            Copy standard input to standard error and exit with 78

    Options of bind-vfio:
      --with=ADDRESS,...      Other NICs of the IOMMU group that are bound to
                              vfio-pci
      --no-iommu=yes          Bind without an IOMMU, as in a guest
      --force=yes             Bind a NIC that the host's network uses
      --unrecorded=yes        Bind although 'pvpgen install' has recorded no
                              network, as in a guest

    Options of tune:
      --siblings=CPUS         SMT siblings to take offline, for item siblings
      --wakeup-latency=MICROSECONDS
                              Longest wake-up time of an idle CPU, held with --stay
      --stay                  Keep running: move the interrupts of later devices,
                              and hold the wake-up latency

    Options:
      --root=DIR              Work on the tree below DIR instead of this machine
      -h, --help              Print this help

    Examples:
      pvp-host reserve-hugepages --node=0 --size=1G --pages=4
      pvp-host bind-vfio 0000:17:00.0
      pvp-host tune --isolated=2-7 --housekeeping=0-1 ksm interrupts
      pvp-host untune

    Exit codes: 0 on success, 1 on failure, 2 for wrong usage, 78 for config-error.

    """
