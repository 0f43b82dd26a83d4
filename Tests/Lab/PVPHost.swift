package import LabTools

/// A whole PVP host, and what its user does with it, one step a function.
package final class PVPHost: Sendable {
    /// The guest's name, which is the default.
    package static let guest = "guest"
    /// Where its user puts the guest's image.
    package static let image = "/var/lib/libvirt/images/guest.qcow2"
    /// The one file that its user edits.
    package static let configurationFile = "/etc/pvpgen/pvp.conf"
    /// Where the project's package is.
    package static let package = "/root/pvpgen.deb"
    /// The shape of the machine that the demo and most tests have.
    package static let shape = MachineShape.twoNodes
    /// What its user writes into it.
    package static let configuration = configuration()

    /// The machine.
    package let lab: RunningLab
    /// The PCI addresses of its NICs.
    package var nics: [String] { lab.machine.spec.shape.addresses }
    let images: LabImages
    package let progress: Progress

    /// Commands in the machine.
    package var shell: SecureShell { lab.shell }

    /// Boots a machine that has never seen the project, and builds its images first if they do not
    /// exist.
    package init(_ progress: Progress, images: LabImages? = nil, shape: MachineShape = shape) throws {
        self.progress = progress
        self.images = try images ?? LabImages.ready(progress)
        let images = self.images
        // The emulator locks up now and then (QEMU 7.2, TCG). Nothing of the project is in the
        // machine yet, so another one is as good.
        do {
            lab = try Self.boot(images, shape, progress)
        } catch {
            progress("boot: once more, after \(error)")
            lab = try Self.boot(images, shape, progress)
        }
    }

    private static func boot(_ images: LabImages, _ shape: MachineShape, _ progress: Progress) throws -> RunningLab {
        progress("boot: power on, firmware, GRUB, Debian")
        let lab = try RunningLab(images: images, shape: shape)
        do {
            try settle(lab.shell, after: nil, progress)
            return lab
        } catch {
            lab.end()
            throw error
        }
    }

    /// A machine that has the project, and has been rebooted for it.
    package static func ready(
        _ progress: Progress, release: String? = nil, shape: MachineShape = shape,
        configuration: String = configuration
    ) throws -> PVPHost {
        let host = try PVPHost(progress, images: LabImages.ready(release: release, progress), shape: shape)
        do {
            try host.install(configuration)
            try host.pvpgenInstall()
            try host.reboot()
            return host
        } catch {
            host.end()
            throw error
        }
    }

    /// The README's smallest configuration, with what a machine of four CPUs forces; a test gives
    /// other addresses, guests or an image.
    package static func configuration(nics: [String] = shape.addresses, guests: String = guest(image: image)) -> String
    {
        nics.map { "[NIC]\nPCIAddress=\($0)\n" }.joined() + "[Testpmd]\nForwardingLcores=1\n\(guests)"
    }

    /// A chain on each node of a machine that has two pairs of NICs: testpmd with the guest `west`,
    /// and `testpmd-east` with the guest `east`.
    package static let twoChains =
        MachineShape.twoChains.addresses.map { "[NIC]\nPCIAddress=\($0)\n" }.joined()
        + "[Testpmd]\nForwardingLcores=1\n[Testpmd]\nName=testpmd-east\nForwardingLcores=1\n"
        + guest("west", image: image) + guest("east", image: image)

    /// A chain on one node with a generator on the other.
    package static let measured =
        MachineShape.measured.addresses.enumerated().map {
            "[NIC]\nPCIAddress=\($1)\n" + ($0 < 2 ? "Generator=generator\n" : "")
        }.joined() + "[Testpmd]\nForwardingLcores=1\n[Generator]\nMaximumLag=100000\n" + guest(image: image)

    /// A `[Guest]`; the name is the default one's unless it is given.
    package static func guest(_ name: String? = nil, image: String, vCPUs: Int = 1) -> String {
        "[Guest]\n" + (name.map { "Name=\($0)\n" } ?? "") + "Image=\(image)\nMemory=1G\nVCPUs=\(vCPUs)\n"
    }

    /// Puts the project and a guest's image into the machine, and writes the configuration.
    package func install(_ configuration: String = configuration, package: String? = nil) throws {
        progress("install: the project, a guest image, \(Self.configurationFile)")
        try installPackage(try package ?? Project.package(release: images.release))
        try provideImage()
        try configure(configuration)
    }

    /// Copies the guest's image into the machine.
    package func provideImage() throws { try shell.copy(images.guest, to: Self.image) }

    /// Installs a package of the project, over an older one too.
    package func installPackage(_ package: String) throws {
        try shell.copy(package, to: Self.package)
        // Its dependencies are installed, and there is no network to fetch anything from.
        let install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", Self.package]
        try shell.run(install, within: 300)
    }

    /// Writes the configuration.
    package func configure(_ configuration: String) throws {
        try shell.write(configuration, to: Self.configurationFile)
    }

    /// `pvpgen install`: the kernel arguments. Returns what it printed.
    @discardableResult package func pvpgenInstall() throws -> String {
        progress("pvpgen install")
        let result = try shell.attempt(["pvpgen", "install"], within: 300)
        // 3 is success before the reboot.
        guard [0, 3].contains(result.status) else {
            throw LabFailure("pvpgen install: ended with \(result.status)", log: result.output)
        }
        return result.output
    }

    /// Installs a newer kernel, as an upgrade of Debian's does, and says its release.
    package func upgradeKernel() throws -> String {
        let file = "/root/kernel.deb"
        try shell.copy(images.kernel, to: file)
        let package = try shell.run(["dpkg-deb", "--field", file, "Package"]).trimmed
        progress("dpkg --install: \(package)")
        try shell.run(["env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "--install", file], within: 900)
        return String(package.dropFirst("linux-image-".count))
    }

    /// Waits until the kernel has KVM, without which libvirt accepts no guest: udev loads the
    /// module, and systemd's boot does not wait for that.
    package func waitForKVM() throws {
        try shell.run(["sh", "-c", "until grep -q '^kvm_' /proc/modules; do sleep 1; done"], within: 3 * Limit.command)
    }

    /// Reboots through firmware and GRUB.
    package func reboot() throws {
        progress("reboot: firmware, GRUB, Debian")
        let boot = try shell.run(["cat", "/proc/sys/kernel/random/boot_id"]).trimmed
        // The connection goes while it is being answered.
        _ = try? shell.attempt(["systemctl", "reboot"], within: 30)
        shell.disconnect()
        try Self.settle(shell, after: boot, progress)
    }

    private static func settle(_ shell: SecureShell, after boot: String?, _ progress: Progress) throws {
        _ = try shell.waitForBoot(after: boot, within: Limit.boot)
        let state = try shell.attempt(["systemctl", "is-system-running", "--wait"], within: Limit.boot).output.trimmed
        progress("booted: \(state)")
    }

    /// `systemctl start pvp.target`
    package func start(within seconds: Int = Limit.start) throws {
        progress("systemctl start pvp.target")
        let result = try shell.attempt(["systemctl", "start", "pvp.target"], within: seconds)
        guard result.status == 0 else {
            // vhost's conversation with QEMU is long, and what failed is elsewhere.
            var log = try journal("pvp*", "testpmd*").split(separator: "\n").filter { !$0.hasPrefix("VHOST_CONFIG:") }
            log += try shell.attempt(["sh", "-c", "tail -n 3 /var/log/libvirt/qemu/*.log"]).output.split(
                separator: "\n")
            throw LabFailure(
                "systemctl start pvp.target: ended with \(result.status)\n\(result.output)",
                log: log.joined(separator: "\n"))
        }
    }

    /// `systemctl stop pvp.target`, and waits until its members are down.
    package func stop() throws {
        progress("systemctl stop pvp.target")
        try shell.run(["systemctl", "stop", "pvp.target"], within: Limit.start)
        try waitForJobs()
    }

    /// Waits until systemd has nothing left to do: `systemctl stop` waits for the unit that it
    /// names, not for those that stop with it.
    package func waitForJobs() throws {
        let deadline = Deadline(seconds: Limit.start)
        var jobs = ""
        repeat {
            jobs = try shell.run(["systemctl", "list-jobs", "--no-legend", "--plain"]).trimmed
            if jobs.isEmpty { return }
        } while !deadline.isOver
        throw LabFailure("systemd still has jobs after \(Limit.start) s", log: jobs)
    }

    /// What units said in this boot, one message a line. The names may have wildcards.
    package func journal(_ units: String...) throws -> String {
        try shell.run(["journalctl", "--boot", "--no-pager", "--output=cat"] + units.map { "--unit=\($0)" })
    }

    /// Sends frames through the guest of a pair of NICs, the first one by default, once it is up.
    package func cross(_ count: Int, from end: Wires.End, pair: Int = 0) throws -> Crossing {
        let wires = lab.pairs[pair]
        guard let seconds = try wires.waitUntilCrossing(within: Limit.guest) else {
            let counters = try shell.attempt(["pvpgen", "console", "testpmd", "-c", "show port stats all"]).output
            throw LabFailure(
                "no frame crossed the guest within \(Limit.guest) s", log: try journal("pvp*", "testpmd*") + counters)
        }
        if seconds > 1 { progress("the guest forwards, after \(Int(seconds)) s") }
        let crossing = try wires.cross(count, from: end)
        progress(crossing.summary)
        return crossing
    }

    /// What is up: `pvpgen status`.
    package func status() throws -> String { try shell.attempt(["pvpgen", "status"]).output }

    /// Switches the machine off.
    package func end() { lab.end() }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
