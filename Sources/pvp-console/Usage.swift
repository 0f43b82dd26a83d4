/// What `--help` prints.
enum Usage {
    static let line = "Usage: pvp-console --name=NAME --ports=COUNT [OPTIONS...] -- PROGRAM [ARG...]"
    /// What follows that line.
    static let help = """

        Run testpmd on a terminal that several clients share

        Output of PROGRAM is logged to the journal line by line. Clients attach through
        the sockets that the service manager passes.

        Options:
          --name=NAME             Name of the testpmd and of its unit
          --ports=COUNT           Number of started ports that the service is ready
                                  with; with --auto-start among the arguments of
                                  PROGRAM, packets must be forwarded too
          --group=NAME            Group whose members can attach, as root can; pvp by
                                  default
          --view-group=NAME       Group whose members can attach read-only; none by
                                  default
          --telemetry=PATH        Telemetry socket of DPDK;
                                  $RUNTIME_DIRECTORY/dpdk/NAME/dpdk_telemetry.v2 by
                                  default
          --stop-timeout=SECONDS  Time for testpmd to stop, 1 to 3600; 30 by default.
                                  SIGTERM is sent after two thirds of it, SIGKILL at its
                                  end
          -h, --help              Print this help

        Examples:
          systemd-socket-activate -l /tmp/console \\
            pvp-console --name=testpmd --ports=2 --telemetry=/tmp/telemetry \\
            -- dpdk-testpmd -l 1-3 -- -i

        Exit codes: that of PROGRAM, 1 on failure, 2 for wrong usage.

        """
}
