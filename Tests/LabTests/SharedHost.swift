import Lab
import LabTools

/// The one machine that all tests of the lab share, because a boot takes a minute. It dies with the test process.
actor SharedHost {
    static let shared = SharedHost()

    /// How far the machine is.
    private enum Stage {
        case off
        case installed
        case rebooted
    }

    private var stage = Stage.off
    private var host: PVPHost?
    /// A stage that failed is not tried again: each test would wait for it anew.
    private var failure: LabFailure?
    private let progress = Progress()

    /// The machine with the project installed, in the kernel that knows nothing of it. Only before the first test of a later stage.
    func installed() throws -> PVPHost {
        let host = try reach(.installed)
        guard stage == .installed else {
            throw LabFailure("the machine has been rebooted already; tests of the first boot must come first")
        }
        return host
    }

    /// The machine after `pvpgen install` and a reboot.
    func rebooted() throws -> PVPHost { try reach(.rebooted) }

    /// The same with pvp.target started, and frames crossing.
    func running() throws -> PVPHost {
        let host = try reach(.rebooted)
        do {
            if try host.shell.attempt(["systemctl", "is-active", "--quiet", "pvp.target"]).status != 0 {
                try host.idle(with: PVPHost.configuration)
                try host.start()
            }
            return host
        } catch {
            throw LabFailure("pvp.target cannot be started: \(error)")
        }
    }

    private func reach(_ wanted: Stage) throws -> PVPHost {
        if let failure { throw failure }
        do {
            if stage == .off {
                let new = try PVPHost(progress)
                host = new
                try new.install()
                stage = .installed
            }
            guard let host else { throw LabFailure("there is no machine") }
            if wanted == .rebooted && stage == .installed {
                try host.pvpgenInstall()
                try host.reboot()
                stage = .rebooted
            }
            return host
        } catch {
            host?.end()
            let told = LabFailure("\(error)")
            failure = told
            throw told
        }
    }
}

extension PVPHost {
    /// Stops everything and puts another configuration in place, as an edit and `systemctl daemon-reload` do.
    func idle(with configuration: String) throws {
        try stop()
        try shell.run(["systemctl", "reset-failed"])
        try configure(configuration)
        try shell.run(["systemctl", "daemon-reload"])
    }

    /// The driver that each NIC is on.
    func drivers() throws -> [String] {
        try MachineSpec.nics.map { nic in
            let link = try shell.run(["readlink", "/sys/bus/pci/devices/\(nic)/driver"])
            return String(link.split(separator: "/").last ?? "").trimmingNewline
        }
    }

    /// A number in a file of `/sys`.
    func number(_ file: String) throws -> Int? {
        Int(try shell.run(["cat", file]).trimmingNewline)
    }

    /// The process that a unit is about.
    func mainProcess(of unit: String) throws -> String {
        try shell.run(["systemctl", "show", "--property=MainPID", "--value", unit]).trimmingNewline
    }

    /// The file that says how many hugepages of 1 GiB node 0 has in that state: `nr` or `free`.
    static func pages(_ state: String) -> String { "/sys/devices/system/node/node0/hugepages/hugepages-1048576kB/\(state)_hugepages" }
}

extension String {
    var trimmingNewline: String { last == "\n" ? String(dropLast()) : self }
}
