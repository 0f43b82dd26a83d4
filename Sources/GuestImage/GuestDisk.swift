package import Diagnostics
package import Downloads
package import Linux
package import Plan

/// Brings a guest's disk to its configuration, and leaves alone what matches already. What the
/// guest has written is never removed.
package struct GuestDisk {
    let disk: DiskPlan
    let root: Root
    let reporter: Reporter

    /// The disk of one guest, with its files below a root.
    package init(_ disk: DiskPlan, in root: Root, reporter: Reporter) {
        self.disk = disk
        self.root = root
        self.reporter = reporter
    }

    /// What the disk was created from.
    private var record: String { "\(disk.directory)/disk.origin" }
    /// The disk as long as it is not whole.
    var draft: String { "\(disk.directory)/disk.qcow2.part" }

    /// Does all that there is to do. Whatever stops it, the next call goes on from there.
    package func provide() throws(Problem) {
        try makeDirectory()
        let lock = try Self.lock(disk.guest, in: root) {
            reporter.status("Waiting for another pvp-image \(disk.guest)")
        }
        defer { withExtendedLifetime(lock) {} }
        let base = try BackingImage(disk: disk, root: root, reporter: reporter)
        try base.provide()
        try prepareStart()
        var origin = try base.identity()
        origin["preparation"] = try preparation()
        if try root.isPresent(disk.overlay) {
            try compare(try root.record(record) ?? ProvenanceRecord(), origin, base.path)
        } else {
            try make(origin, base.path)
        }
        reporter.status("\(disk.overlay) is ready")
    }

    private func makeDirectory() throws(Problem) {
        do {
            try root.makeDirectory(disk.directory)
            try root.setMode(DiskPlan.guests, Root.closedDirectory)
            try root.closeDirectory(disk.directory, except: [disk.knownHosts])
        } catch {
            throw error.problem(.imageState, remedy: "run the command as root, with \(DiskPlan.state) writable")
        }
    }

    /// Waits until no other process works on a guest's disk. The guest's directory has to exist.
    static func lock(_ guest: String, in root: Root, waiting: () -> Void) throws(Problem) -> FileLock {
        do {
            return try FileLock("\(DiskPlan.directory(of: guest))/lock", in: root, waiting: waiting)
        } catch {
            throw error.problem(.imageState, remedy: "run the command as root")
        }
    }

    /// Reports what has changed since the disk was created.
    private func compare(_ made: ProvenanceRecord, _ now: ProvenanceRecord, _ base: String) throws(Problem) {
        var changes: [String] = []
        if made["base"] != now["base"] {
            changes.append("its image is \(made["base"] ?? "not known"), not \(base)")
        } else if made["checksum"] == nil || now["checksum"] == nil
            ? made["size"] != now["size"] || made["modified"] != now["modified"] : made["checksum"] != now["checksum"]
        {
            changes.append("\(base) has changed since")
        }
        if made["preparation"] != now["preparation"] {
            changes.append("it was prepared in another way, or with another key")
        }
        guard !changes.isEmpty else { return }
        reporter.warning(
            "guest \(disk.guest): its disk is used as it is: \(changes.joined(separator: ", and ")); "
                + "'pvpgen guest reset \(disk.guest)' removes it, with all that the guest wrote, and the next start "
                + "creates a new one"
        )
    }

    private func make(_ origin: ProvenanceRecord, _ base: String) throws(Problem) {
        let format = try ImageFormat(of: base, in: root, isBootable: disk.isBootable)
        reporter.status("Creating \(disk.overlay)")
        do {
            // qemu-img keeps the mode of a file that exists. A new file, because the old one may be
            // open elsewhere.
            try root.replace(draft, with: [], mode: 0o600)
        } catch {
            throw error.problem(.diskNotCreated, remedy: "free space in \(disk.directory), then start the unit again")
        }
        try Self.create(over: root.path(base), format.name, root.path(draft)).expectSuccess(
            .diskNotCreated, disk.overlay, remedy: "free space in \(disk.directory), then start the unit again")
        try prepareDisk(over: base)
        try root.keep(origin, record)
        do {
            try root.publish(draft, as: disk.overlay)
        } catch {
            throw error.problem(.diskNotCreated, remedy: "free space in \(disk.directory), then start the unit again")
        }
        reporter.done("\(disk.overlay): created over \(base) (\(format.name))")
    }

    /// A disk with only the differences to another (`qemu-img(1)`).
    static func create(over base: String, _ format: String, _ file: String) -> Command {
        Command(["qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", format, file])
    }
}

extension Command {
    /// Runs it; what it says when it fails is the problem.
    @discardableResult
    func expectSuccess(_ code: Problem.Code, _ subject: String, remedy: String, _ tick: () -> Void = {}) throws(Problem)
        -> String
    {
        let result = try run(tick)
        guard result.status == 0 else {
            throw Problem(
                code, "\(subject): \(arguments.first ?? "") ended with \(result.status): \(result.errorLine)",
                remedy: remedy)
        }
        return result.output
    }
}

extension Command.Result {
    /// The line that says what is wrong, where warnings may come before and advice after. Here, not
    /// in Linux: a search for a string takes a megabyte of each program.
    fileprivate var errorLine: String {
        output.split(separator: "\n").first { $0.contains("error: ") }.map(String.init) ?? firstLine
    }
}
