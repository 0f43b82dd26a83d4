/// What `--help` prints.
package let usage = """
    Usage: pvp-guest GUEST [OPTIONS...] < DOMAIN.xml
           pvp-guest --destroy|--end|--hand-over GUEST [--connect=URI]

    Run a libvirt domain as a systemd unit

    Creates a transient domain from the XML on standard input, and runs as long as
    the domain does. A running domain is adopted if an earlier pvp-guest created it
    from the same XML, and replaced if the XML differs. SIGTERM shuts the guest
    down, SIGUSR1 ends pvp-guest without its guest.

    Options:
      --destroy               Destroy a guest that an earlier run left behind. In
                              ExecStopPost=: only if the unit is stopped for good,
                              or if the guest did not start
      --end                   In ExecStop= of pvp-domain@GUEST.service: shut down a
                              guest whose unit has failed
      --hand-over             In ExecStop=: end $MAINPID without its guest if only
                              the unit is restarted
      --connect=URI           Use this libvirt; qemu:///system by default
      --create-timeout=SECONDS
                              Time limit of the creation, which waits for testpmd;
                              half of --start-timeout by default
      --start-timeout=SECONDS
                              Time limit until the guest is ready; 180 by default
      --ready-when=CONDITION  Condition of a ready guest: running (the default),
                              vhost, agent or ssh
      --vhost=SOCKET:PORT,...
                              For vhost: telemetry socket of a testpmd, and its
                              ports to this guest; once for each testpmd
      --ssh=ADDRESS           For ssh: address of the guest
      --stop-timeout=SECONDS  Time for the guest to shut down; 60 by default
      -h, --help              Print this help

    Examples:
      pvp-guest guest --ready-when=agent < guest.xml
      pvp-guest --destroy guest

    Exit codes: 0 after the guest has shut down, 1 on failure, 2 for wrong usage, 3
    if the guest was not ready in time.

    """
