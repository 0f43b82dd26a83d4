import CSystemd
import Foundation
import Linux
import SystemdBus
import Values

/// A connection of a client to a ``FakeSystemd``.
final class FakeSystemdConnection {
    private let bus: OpaquePointer?
    private let log: String?
    private static let root = "/org/freedesktop/systemd1"

    /// Takes over the descriptor.
    init(_ descriptor: Int32, _ log: String?) {
        self.log = log
        // For messages of module SystemdBus.
        _ = systemd_load()
        var bus: OpaquePointer?
        var id = sd_id128_t()
        id.bytes.0 = 1
        if sd_bus_new(&bus) >= 0 {
            sd_bus_set_fd(bus, descriptor, descriptor)
            sd_bus_set_server(bus, 1, id)
            sd_bus_start(bus)
        }
        self.bus = bus
    }

    deinit { sd_bus_close_unref(bus) }

    /// Answers until the client or the `systemd` is gone.
    func serve(_ systemd: () -> FakeSystemd?) {
        while true {
            var pointer: OpaquePointer?
            let result = sd_bus_process(bus, &pointer)
            guard result >= 0, let systemd = systemd() else { return }
            if let pointer {
                let message = BusMessage(owning: pointer)
                if sd_bus_message_is_method_call(pointer, nil, nil) > 0 { answer(message, systemd) }
            }
            if result == 0 { sd_bus_wait(bus, 50_000) }
        }
    }

    private func answer(_ call: BusMessage, _ systemd: FakeSystemd) {
        let method = sd_bus_message_get_member(call.pointer).map { String(cString: $0) } ?? ""
        let path = sd_bus_message_get_path(call.pointer).map { String(cString: $0) } ?? ""
        var values: [BusValue] = []
        while let value = call.next() { values.append(value) }
        let unit = ["Get", "GetAll"].contains(method) ? Self.unit(path) : values.first?.string ?? ""
        let (isSilent, error) = systemd.change { behavior in
            let isQuestion = ["Hello", "AddMatch", "Subscribe"].contains(method)
            if !isQuestion { behavior.calls.append("\(method) \(unit)") }
            return (behavior.isSilent && !isQuestion, behavior.errors[unit])
        }
        if isSilent { return }
        if let error { return fail(call, error.name, error.message) }
        switch method {
        case "Hello": reply(call) { $0.append(":1.7") }
        case "AddMatch", "Subscribe": reply(call) { _ in }
        case "GetDefaultTarget": reply(call) { $0.append("multi-user.target") }
        case "GetAll": properties(call, of: unit, systemd)
        case "Get":
            let parts = systemd.change { $0.parts[unit] ?? [] }
            reply(call) { message in message.container("v", of: "as") { message.append(parts) } }
        case "ListUnitsByNames": list(call, named: (values.last?.list ?? []).compactMap(\.string), systemd)
        case "ListUnitsByPatterns": list(call, matching: (values.last?.list ?? []).compactMap(\.string), systemd)
        case "ListJobs": jobs(call, systemd)
        case "SetUnitProperties": set(call, unit, values, systemd)
        case "StartUnit", "StopUnit", "RestartUnit": job(call, method, unit, systemd)
        case "Reload":
            note("Reload")
            reply(call) { _ in }
        default: fail(call, "org.freedesktop.DBus.Error.UnknownMethod", "no \(method)")
        }
    }

    private static func unit(_ path: String) -> String {
        var name: UnsafeMutablePointer<CChar>?
        guard sd_bus_path_decode(path, "\(root)/unit", &name) > 0, let name else { return "" }
        return String(owning: name)
    }

    private func reply(_ call: BusMessage, _ body: (BusMessage) -> Void) {
        var pointer: OpaquePointer?
        guard sd_bus_message_new_method_return(call.pointer, &pointer) >= 0, let pointer else { return }
        let message = BusMessage(owning: pointer)
        body(message)
        sd_bus_send(bus, message.pointer, nil)
    }

    private func fail(_ call: BusMessage, _ name: String, _ text: String) {
        name.withCString { name in
            text.withCString { text in
                var error = sd_bus_error(name: name, message: text, _need_free: 0)
                _ = sd_bus_reply_method_error(call.pointer, &error)
            }
        }
    }

    private func note(_ line: String) {
        guard let log, let file = FileHandle(forWritingAtPath: log) else { return }
        _ = try? file.seekToEnd()
        try? file.write(contentsOf: Data("\(line)\n".utf8))
        try? file.close()
    }
}

extension FakeSystemdConnection {
    private func properties(_ call: BusMessage, of unit: String, _ systemd: FakeSystemd) {
        let known = systemd.change { $0.units[unit] ?? $0.others }
        let properties = unit.isEmpty ? ["Version": "252.39-1~deb12u2"] : known.merging(["Id": unit]) { $1 }
        reply(call) { message in
            message.container("a", of: "{sv}") {
                for (name, value) in properties {
                    message.container("e", of: "sv") {
                        message.append(name)
                        Self.append(name, value, to: message)
                    }
                }
                Self.appendConditions(to: message)
            }
        }
    }

    /// In the type that systemd has for it.
    private static func append(_ name: String, _ value: String, to message: BusMessage) {
        if name == "MainPID" {
            message.container("v", of: "u") { message.append(UInt32(value) ?? 0, as: "u") }
        } else if name.contains("Timestamp") {
            message.container("v", of: "t") { message.append(UInt64(value) ?? 0, as: "t") }
        } else if name == "AllowedCPUs" {
            let cpus = CPUSet(value) ?? CPUSet()
            var bytes = [UInt8](repeating: 0, count: (cpus.last ?? -8) / 8 + 1)
            for cpu in cpus.cpus { bytes[cpu / 8] |= 1 << UInt8(cpu % 8) }
            message.container("v", of: "ay") { message.append(bytes) }
        } else {
            message.container("v", of: "s") { message.append(value) }
        }
    }

    /// Every unit has properties of other types, which are of no interest.
    private static func appendConditions(to message: BusMessage) {
        message.container("e", of: "sv") {
            message.append("Conditions")
            message.container("v", of: "a(sbbsi)") {
                message.container("a", of: "(sbbsi)") {
                    message.container("r", of: "sbbsi") {
                        message.append("ConditionVirtualization")
                        message.append(false)
                        message.append(true)
                        message.append("no")
                        message.append(Int32(-1), as: "i")
                    }
                }
            }
        }
    }

    private func list(_ call: BusMessage, matching patterns: [String], _ systemd: FakeSystemd) {
        let units = systemd.change { $0.units }.filter { unit in patterns.contains { fnmatch($0, unit.key, 0) == 0 } }
        list(call, units)
    }

    private func list(_ call: BusMessage, named names: [String], _ systemd: FakeSystemd) {
        list(call, systemd.change { known in names.reduce(into: [:]) { $0[$1] = known.units[$1] ?? known.others } })
    }

    private func list(_ call: BusMessage, _ units: [String: [String: String]]) {
        reply(call) { message in
            message.container("a", of: "(ssssssouso)") {
                for (name, properties) in units {
                    message.container("r", of: "ssssssouso") {
                        for text in [name, "", properties["LoadState"] ?? "", properties["ActiveState"] ?? "", "", ""] {
                            message.append(text)
                        }
                        message.append(Self.root, as: "o")
                        message.append(UInt32(0), as: "u")
                        message.append("")
                        message.append("/", as: "o")
                    }
                }
            }
        }
    }

    private func jobs(_ call: BusMessage, _ systemd: FakeSystemd) {
        let jobs = systemd.change { $0.jobs }
        reply(call) { message in
            message.container("a", of: "(usssoo)") {
                for (index, job) in jobs.enumerated() {
                    message.container("r", of: "usssoo") {
                        message.append(UInt32(index + 1), as: "u")
                        for text in [job.unit, job.type, "running"] { message.append(text) }
                        for path in ["\(Self.root)/job/\(index + 1)", Self.root] { message.append(path, as: "o") }
                    }
                }
            }
        }
    }

    private func set(_ call: BusMessage, _ unit: String, _ values: [BusValue], _ systemd: FakeSystemd) {
        let settings = values.last?.dictionary ?? [:]
        let cpus = CPUSet(
            (settings["AllowedCPUs"]?.bytes ?? []).enumerated().flatMap { index, byte in
                (0..<8).filter { byte >> $0 & 1 == 1 }.map { index * 8 + $0 }
            })
        systemd.change { behavior in
            behavior.units[unit, default: behavior.others]["AllowedCPUs"] = "\(cpus)"
            behavior.calls.append("\(unit): AllowedCPUs=\(cpus)\(values[1] == .boolean(true) ? ", runtime" : "")")
        }
        reply(call) { _ in }
    }

    private func job(_ call: BusMessage, _ method: String, _ unit: String, _ systemd: FakeSystemd) {
        note("\(method) \(unit)")
        let result = systemd.change { behavior in
            behavior.units[unit]?["ActiveState"] =
                method == "StopUnit" ? behavior.afterStop[unit] ?? "inactive" : "active"
            return behavior.results[unit] ?? "done"
        }
        let path = "\(Self.root)/job/\(UInt32.random(in: 1...9999))"
        reply(call) { $0.append(path, as: "o") }
        var pointer: OpaquePointer?
        guard
            sd_bus_message_new_signal(bus, &pointer, Self.root, "org.freedesktop.systemd1.Manager", "JobRemoved") >= 0,
            let pointer
        else {
            return
        }
        let signal = BusMessage(owning: pointer)
        signal.append(UInt32(1), as: "u")
        signal.append(path, as: "o")
        signal.append(unit)
        signal.append(result)
        sd_bus_send(bus, signal.pointer, nil)
    }
}
