import Telemetry
package import Views

extension OpenMetrics {
    /// Metrics of testpmds, their ports, the units of the chain and the host. `version` is that of
    /// pvpgen; `isRebootRequired` is `nil` without a plan.
    package init(_ traffic: Traffic, units: [UnitStatus], version: String, isRebootRequired: Bool?) {
        families =
            Self.testpmds(traffic) + Self.ports(traffic) + Self.counters(traffic) + [Self.units(units)]
            + Self.host(version, isRebootRequired)
    }

    private static func host(_ version: String, _ isRebootRequired: Bool?) -> [Family] {
        var build = Family("pvp_build", .info, help: "The version of pvpgen.")
        build.add(1, [Label("version", version)])
        var reboot = Family(
            "pvp_reboot_required", .gauge, help: "Whether the running kernel lacks an argument of the plan.")
        if let isRebootRequired { reboot.add(isRebootRequired ? 1 : 0, []) }
        return [build, reboot]
    }

    private static func testpmds(_ traffic: Traffic) -> [Family] {
        var up = Family("pvp_testpmd_up", .gauge, help: "Whether the testpmd's telemetry answered.")
        var planned = Family(
            "pvp_testpmd_planned_ports", .gauge, unit: "ports", help: "Ports that the testpmd is to have.")
        for testpmd in traffic.testpmds {
            let label = Label("testpmd", testpmd.target.name)
            up.add(testpmd.problem == nil ? 1 : 0, [label])
            if let count = testpmd.target.plannedPorts { planned.add(UInt64(count), [label]) }
        }
        return [up, planned]
    }

    private static func ports(_ traffic: Traffic) -> [Family] {
        var device = Family("pvp_port", .info, help: "What DPDK calls the port.")
        var started = Family("pvp_port_started", .gauge, help: "Whether the port is started.")
        var up = Family("pvp_port_link_up", .gauge, help: "Whether the link of a started port is up.")
        var speed = Family(
            "pvp_port_link_speed_bits_per_second", .gauge, unit: "bits_per_second",
            help: "Speed of a link that is up and has one.")
        for (port, labels) in labelled(traffic) {
            device.add(1, labels + [Label("device", port.name)])
            started.add(port.isStarted ? 1 : 0, labels)
            if port.isStarted { up.add(port.isUp ? 1 : 0, labels) }
            if let megabits = port.speed { speed.add(UInt64(megabits) * 1_000_000, labels) }
        }
        return [device, started, up, speed]
    }

    private static func counters(_ traffic: Traffic) -> [Family] {
        let ports = labelled(traffic)
        return Counter.allCases.map { counter in
            var family = family(of: counter)
            for (port, labels) in ports { if let value = port.counters[counter] { family.add(value, labels) } }
            return family
        }
    }

    private static func family(of counter: Counter) -> Family {
        switch counter {
        case .receivedPackets:
            Family("pvp_port_received_packets", .counter, unit: "packets", help: "Packets received (ipackets).")
        case .sentPackets: Family("pvp_port_sent_packets", .counter, unit: "packets", help: "Packets sent (opackets).")
        case .receivedBytes:
            Family(
                "pvp_port_received_bytes", .counter, unit: "bytes",
                help: "Bytes of frames received, without preamble and gap (ibytes).")
        case .sentBytes:
            Family(
                "pvp_port_sent_bytes", .counter, unit: "bytes",
                help: "Bytes of frames sent, without preamble and gap (obytes).")
        case .missed:
            Family(
                "pvp_port_missed_packets", .counter, unit: "packets",
                help: "Packets dropped because no descriptor was free (imissed).")
        case .receiveErrors:
            Family("pvp_port_receive_errors", .counter, help: "Packets received with an error (ierrors).")
        case .sendErrors:
            Family(
                "pvp_port_send_errors", .counter,
                help: "Packets not sent, such as those a guest's ring had no room for (oerrors).")
        case .noBuffer:
            Family(
                "pvp_port_receive_buffer_failures", .counter,
                help: "Receptions that found no packet buffer (rx_nombuf).")
        }
    }

    /// The port's number may be another after a change of the configuration; its name stays.
    private static func labelled(_ traffic: Traffic) -> [(Port, [Label])] {
        traffic.testpmds.flatMap { testpmd in
            testpmd.ports.map { port in
                let role = testpmd.target.role(of: port.number, device: port.name)
                let labels = [
                    Label("testpmd", testpmd.target.name), Label("port", "\(port.number)"), Label("name", role.name),
                    Label("kind", role.kind.rawValue),
                ]
                return (port, labels)
            }
        }
    }

    /// systemd's states (`systemctl(1)`, `--state=help`).
    private static let states = ["active", "reloading", "inactive", "failed", "activating", "deactivating"]

    private static func units(_ units: [UnitStatus]) -> Family {
        var family = Family("pvp_unit_state", .stateset, help: "State of a unit of the chain.")
        for unit in units {
            // A newer systemd may have more.
            for state in states + (states.contains(unit.active) ? [] : [unit.active]) {
                family.add(unit.active == state ? 1 : 0, [Label("unit", unit.unit), Label(family.name, state)])
            }
        }
        return family
    }
}
