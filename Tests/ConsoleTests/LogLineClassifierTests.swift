import Testing

@testable import Console

@Suite("What a line is about")
struct LogLineClassifierTests {
    private func content(_ line: String) -> LogLineClassifier { LogLineClassifier(Array(line.utf8)) }

    @Test(
        "Priorities of lines as DPDK 21.11 to 25.11 and testpmd print them",
        arguments: [
            ("EAL: Detected CPU lcores: 4", .info),
            ("EAL: Detected NUMA nodes: 1", .info),
            ("EAL: Detected static linkage of DPDK", .info),
            ("EAL: Multi-process socket /var/run/dpdk/rte/mp_socket", .info),
            ("EAL: Selected IOVA mode 'VA'", .info),
            ("EAL: VFIO support initialized", .info),
            ("EAL: Error - exiting with code: 1", .error),
            ("EAL: Cannot get hugepage information.", .error),
            ("EAL: FATAL: Cannot init memory", .error),
            ("EAL: Couldn't get fd on hugepage file", .error),
            ("EAL: rte_eal_check_module() failed", .error),
            ("EAL: WARNING: Address Space Layout Randomization (ASLR) is enabled in the kernel.", .warning),
            ("PANIC in rte_eal_init():", .error),
            ("TELEMETRY: No legacy callbacks, legacy socket not created", .debug),
            ("VHOST_CONFIG: (/run/pvp/vm0.sock) vhost-user server: socket created, fd: 26", .debug),
            ("VHOST_CONFIG: (/run/pvp/vm0.sock) failed to connect: Connection refused", .warning),
            ("VHOST_CONFIG: read message VHOST_USER_SET_FEATURES", .debug),
            ("VHOST_CONFIG: (/run/pvp/vhost/vm-0) new device status(0x0000000f):", .debug),
            ("VHOST_CONFIG: (/run/pvp/vhost/vm-0) \t-FEATURES_OK: 1", .debug),
            ("VHOST_CONFIG: (/run/pvp/vhost/vm-0) \t-DEVICE_NEED_RESET: 0", .debug),
            ("VHOST_CONFIG: (/run/pvp/vhost/vm-0) \t-FAILED: 0", .debug),
            ("VHOST_CONFIG: (/run/pvp/vhost/vm-0) \t-FAILED: 1", .warning),
            ("\t-FAILED: 0", .debug),
            ("\t-FAILED: 1", .warning),
            ("\t-DRIVER_OK: 1", .debug),
            ("VHOST_DATA: (0) failed to allocate memory for mbuf.", .warning),
            ("mlx5_net: port 0 cannot get netdev info: No such device", .error),
            ("mlx5_common: Failed to load driver mlx5_eth", .error),
            ("eth_i40e_dev_init(): Failed to init adminq: -54", .error),
            ("ice_dev_init(): failed to init HW", .error),
            ("ixgbe_dev_link_status_print(): Port 0: Link Down", .info),
            ("virtio_dev_configure(): Unsupported Rx multi queue mode 1", .error),
            ("ETHDEV: Port 0 must be stopped to allow configuration", .info),
            ("ETHDEV: Invalid port_id=9", .error),
            ("testpmd: No probed ethernet devices", .info),
            ("testpmd: create a new mbuf pool <mb_pool_0>: n=2048, size=2176, socket=0", .info),
            (
                "Warning! port-topology=paired and odd forward ports number, the last port will pair with itself.",
                .warning
            ),
            ("Fail to start port 0: Invalid argument", .error),
            ("Invalid port 9", .error),
            ("Error during enabling promiscuous mode for port 0: Operation not supported - ignore", .error),
            ("  RX-packets: 0          RX-missed: 0          RX-bytes:  0", .info),
            ("  RX-errors: 0", .info),
            ("rx_errors: 0", .info),
            ("tx_error_packets: 0", .info),
            ("Device error handling mode: none", .info),
            ("Configuring Port 0 (socket 0)", .info),
            ("Port 1: link state change event", .info),
            ("Checking link statuses...", .info),
            ("Done", .info),
        ] as [(String, JournalEntry.Priority)])
    func priority(_ line: String, _ expected: JournalEntry.Priority) { #expect(content(line).priority == expected) }

    @Test("A line of a library keeps its priority behind something without a line feed")
    func behind() {
        #expect(content("testpmEAL: Error - exiting with code: 1").priority == .error)
        #expect(content("Telling cores to stop...VHOST_CONFIG: read message").priority == .debug)
    }

    @Test(
        "The port that a line names",
        arguments: [
            ("Configuring Port 0 (socket 0)", 0), ("Port 12: 02:00:00:00:00:00", 12),
            ("Port 1: link state change event", 1),
            ("  ######################## NIC statistics for port 3  ########################", 3),
            ("mlx5_net: port 65535 is gone", 65535),
            ("Fail to start port 7: Invalid argument", 7), ("no port here", nil), ("report 5 of them", nil),
            ("transport 1", nil),
            ("port", nil),
            ("port x 1", nil), ("Port topology: 2", nil), ("port 4", 4),
        ] as [(String, Int?)])
    func port(_ line: String, _ expected: Int?) { #expect(content(line).port == expected) }

    @Test(
        "Answers that say that a command was wrong, and others",
        arguments: [
            ("Command not found", true), ("Bad arguments", true), ("Ambiguous command", true), ("Invalid port 9", true),
            ("Packet forwarding not started", true), ("Packet forwarding already started", true),
            ("Please stop forwarding first", true),
            ("Port 0 is not stopped", false), ("Fail to stop port 0: Device or resource busy", true),
            ("Unknown port state", true),
            ("  RX-errors: 0", false), ("Device error handling mode: none", false), ("Done", false), ("", false),
            ("Error: bad thing", true),
            ("The bad arguments", false), ("invalid port_id 9", true), ("function not implemented", true),
            ("mac_addr_cmd error: (Invalid)", true),
            ("port_flow_complain(): Caught PMD error type 1 (cause unspecified): hint: Operation not supported", true),
            ("tx_error_packets: 0", false),
        ])
    func refusal(_ line: String, _ expected: Bool) {
        let lines = ["", "first line", line, "last"].map { Array($0.utf8) }
        #expect(CommandErrors.isSaid(in: lines) == expected)
    }

    @Test("Forwarding is on when a start has printed both lines, off with a stop; to look at the settings is neither")
    func forwarding() {
        let ports =
            "io packet forwarding - ports=2 - cores=1 - streams=2 - NUMA support enabled, MP allocation mode: native"
        let burst = "  io packet forwarding packets/burst=32"
        var state = ForwardingState()
        func read(_ lines: String...) { for line in lines { state.read(Array(line.utf8)) } }
        // show config fwd, then show config rxtx
        read(ports, "Logical Core 1 (socket 0) forwards packets on 2 streams:")
        state.prompt()
        read(burst)
        state.prompt()
        #expect(!state.isOn)
        read("Set io packet forwarding mode")
        #expect(!state.isOn)
        read(
            ports, "Logical Core 1 (socket 0) forwards packets on 2 streams:", "", burst,
            "  nb forwarding cores=1 - nb forwarding ports=2")
        #expect(state.isOn)
        state.prompt()
        read(ports)
        state.prompt()
        read(burst)
        state.prompt()
        #expect(state.isOn)
        read("Telling cores to stop...", "Waiting for lcores to finish...")
        #expect(!state.isOn)
        read(
            "mac packet forwarding with retry - ports=2 - cores=1",
            "  mac packet forwarding with retry packets/burst=32")
        #expect(state.isOn)
    }
}
