import Lab
import LabTools

/// A machine that tests of the lab share, because a boot takes a minute. One is on at a time, and
/// dies with the test process.
actor SharedHost {
    static let shared = SharedHost(.twoNodes, PVPHost.configuration)
    /// For a guest of two CPUs, and for two guests: there is one node to divide. A page is left for
    /// the second guest.
    static let oneNode = SharedHost(
        .oneNode,
        PVPHost.configuration(
            nics: MachineShape.oneNode.addresses, guests: PVPHost.guest(image: PVPHost.image, vCPUs: 2))
            + "[Hugepages]\nPages=3\n")
    static let twoChains = SharedHost(.twoChains, PVPHost.twoChains)
    /// With a generator on the same machine.
    static let measured = SharedHost(.measured, PVPHost.measured)

    private let shape: MachineShape
    private let configuration: String

    /// How far the machine is.
    private enum Stage {
        case off
        case installed
        case rebooted
    }

    private var stage = Stage.off
    private var host: PVPHost?
    /// A stage that failed is not tried again: each test would wait for it once more.
    private var failure: LabFailure?
    private let progress = Progress()

    private init(_ shape: MachineShape, _ configuration: String) {
        self.shape = shape
        self.configuration = configuration
    }

    /// The machine with the project installed, in the kernel that knows nothing of it. Only before
    /// the first test of a later stage.
    func installed() async throws -> PVPHost {
        let host = try await reach(.installed)
        guard stage == .installed else {
            throw LabFailure("the machine has been rebooted already; tests of the first boot must come first")
        }
        return host
    }

    /// The machine after `pvpgen install` and a reboot.
    func rebooted() async throws -> PVPHost { try await reach(.rebooted) }

    /// The same with pvp.target started, and frames crossing.
    func running() async throws -> PVPHost {
        let host = try await reach(.rebooted)
        do {
            if try host.shell.attempt(["systemctl", "is-active", "--quiet", "pvp.target"]).status != 0 {
                try host.idle(with: configuration)
                try host.start()
            }
            return host
        } catch {
            throw LabFailure("pvp.target cannot be started: \(error)")
        }
    }

    /// Switches the machine off; the next test gets a new one.
    func end() {
        host?.end()
        host = nil
        stage = .off
    }

    private func reach(_ wanted: Stage) async throws -> PVPHost {
        if let failure { throw failure }
        if stage == .off {
            for other in [Self.shared, .oneNode, .twoChains, .measured] where other !== self { await other.end() }
        }
        do {
            if stage == .off {
                let new = try PVPHost(progress, shape: shape)
                host = new
                try new.install(configuration)
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
    /// Stops everything and puts another configuration in place, as an edit and `systemctl
    /// daemon-reload` do.
    func idle(with configuration: String) throws {
        try stop()
        try shell.run(["systemctl", "reset-failed"])
        try configure(configuration)
        try shell.run(["systemctl", "daemon-reload"])
    }

    /// The driver that each NIC is on.
    func drivers() throws -> [String] {
        try nics.map { nic in
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

    /// How many hugepages of 1 GiB each node has in a state: `nr` or `free`.
    func pages(_ state: String) throws -> [Int?] {
        try lab.machine.spec.shape.cpus.indices.map { node in
            try number("/sys/devices/system/node/node\(node)/hugepages/hugepages-1048576kB/\(state)_hugepages")
        }
    }
}

extension String {
    var trimmingNewline: String { last == "\n" ? String(dropLast()) : self }
}
