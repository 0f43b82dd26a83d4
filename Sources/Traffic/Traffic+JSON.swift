import Diagnostics
package import JSON
import Presentation
import Telemetry

extension Traffic {
    /// All of it for scripts: per second where a name says so, and `null` where nothing is known.
    /// `time` is when that was, in milliseconds since 1970.
    package func json(at time: Int) -> JSON {
        [
            "time_milliseconds": .number(time),
            "testpmds": .array(testpmds.map { Self.json($0) }),
            "paths": .array(paths.map { path in .array(stages(of: path).map { Self.json($0) }) }),
        ]
    }

    private static func json(_ testpmd: Testpmd) -> JSON {
        [
            "name": .string(testpmd.target.name),
            "up": .bool(testpmd.problem == nil),
            "problem": testpmd.problem.map {
                ["code": .string($0.code.rawValue), "message": .string($0.message), "remedy": .string($0.remedy)]
            } ?? .null,
            "planned_ports": testpmd.target.plannedPorts.map { .number($0) } ?? .null,
            "interval_milliseconds": testpmd.milliseconds.map { .number($0) } ?? .null,
            "ports": .array(testpmd.ports.map { json($0, of: testpmd) }),
        ]
    }

    private static func json(_ port: Port, of testpmd: Testpmd) -> JSON {
        let role = testpmd.target.role(of: port.number, device: port.name)
        let rates = testpmd.rates[port.number]
        return [
            "port": .number(port.number), "name": .string(role.name), "kind": .string(role.kind.rawValue),
            "device": .string(port.name),
            "started": .bool(port.isStarted), "link_up": .bool(port.isUp),
            "link_mbps": port.speed.map { .number($0) } ?? .null,
            "full_duplex": port.isFullDuplex.map { .bool($0) } ?? .null,
            "in_packets_per_second": .decimal(rates?.packetsIn), "out_packets_per_second": .decimal(rates?.packetsOut),
            "in_bits_per_second": .decimal(rates?.bitsIn), "out_bits_per_second": .decimal(rates?.bitsOut),
            "drops_per_second": .decimal(rates?.dropped), "errors_per_second": .decimal(rates?.errors),
            "counters": .object(
                Counter.allCases.compactMap { counter in
                    port.counters[counter].map { .init(counter.rawValue, .number($0)) }
                }),
        ]
    }

    private static func json(_ stage: TrafficStage) -> JSON {
        let location: JSON =
            switch stage.lossLocation {
            case .nic: "nic"
            case .testpmd: "testpmd"
            case .guest: "guest"
            }
        return [
            "name": .string(stage.hop.role.name), "kind": .string(stage.hop.role.kind.rawValue),
            "testpmd": .string(stage.hop.testpmd),
            "port": .number(stage.hop.port), "direction": .string(stage.hop.direction.rawValue),
            "packets_per_second": .decimal(stage.packets), "bits_per_second": .decimal(stage.bits),
            "lost_per_second": .decimal(stage.lost), "lost_in": location,
        ]
    }
}

extension JSON {
    /// A rate to a tenth.
    fileprivate static func decimal(_ value: Double?) -> JSON { value.map { .number(fixed($0, 1)) } ?? .null }
}
