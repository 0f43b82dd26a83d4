import BootLoader
package import Diagnostics
import Linux

/// `pvpgen uninstall`: reverts exactly what an installation has changed, all or nothing.
package struct Uninstaller {
    let runner: CommandRunner
    let isForced: Bool
    let isPurge: Bool

    /// Where the configuration, the guests' disks, the builds and what runs are. The package's
    /// example is its own.
    private static let own = [
        "/etc/pvpgen/pvp.conf", "/etc/pvpgen/pvp.conf.d", "/etc/pvpgen/builds", "/opt/pvpgen", "/var/cache/pvpgen",
        "/var/lib/pvpgen", "/run/pvpgen", "/run/pvp",
    ]

    /// On the machine of `runner`. With `force` files that were changed since are saved; `purge`
    /// also removes the configuration, the guests' disks and the builds.
    package init(with runner: CommandRunner, force: Bool, purge: Bool) {
        self.runner = runner
        isForced = force
        isPurge = purge
    }

    private var root: Root { runner.root }

    /// Reverts the installation. Returns why a reboot is required; `nil` if nothing was installed.
    /// `configuration` are the paths of the files
    /// that exist. Throws `file-changed`, `file-saved`, `file-unreadable`, `file-unwritable`,
    /// `command-failed`, `manifest-broken`.
    package func run(afterRollback isRecovered: Bool, configuration: [String]) throws(Problem) -> RebootState? {
        guard let old = try Manifest.read(from: root) else { return nil }
        // A boot loader that is gone needs no command; its files, if any are left, are in the
        // manifest.
        let steps = (try? BootLoader(rawValue: old.bootLoader)?.steps([], in: root)) ?? BootSteps()
        var changes = InstallPlan(on: root, after: old, force: isForced)
        changes.manifest.arguments = []
        try changes.removeObsolete(entries: steps.shared.filter { $0.baseContent == nil })
        try changes.finish()
        try runner.perform(changes, then: changes.isForBootLoader || isRecovered ? steps.commands : [])
        if runner.isDry { return RebootState([]) }
        for directory in old.directories.reversed() { _ = try? root.removeEmptyDirectory(directory) }
        // One that a package or a hypervisor brought is not ours to remove.
        let own = configuration.first { path in Self.own.contains { path == $0 || path.hasPrefix($0 + "/") } }
        if !isPurge, let own {
            runner.report(.kept(own, "and its units are generated at each boot; --purge removes it"))
        }
        let reboot = RebootState(removing: changes.isForBootLoader ? old : Manifest(), on: root)
        runner.report(.note(reboot.isRequired ? "next: systemctl reboot" : "done"))
        return reboot
    }

    /// Removes the configuration, the guests' disks, the builds and what is left of runs. Throws
    /// `not-removed`, `not-locked`.
    package func purge() throws(Problem) {
        let lock = runner.isDry ? nil : try Transaction.lock(in: root)
        defer { withExtendedLifetime(lock) {} }
        for path in Self.own where root.exists(path) {
            if !runner.isDry {
                do throws(SystemError) {
                    try root.removeTree(path)
                } catch {
                    throw error.problem(.notRemoved, remedy: "run the command as root, with nothing mounted in there")
                }
            }
            runner.report(.removed(path))
        }
        if !runner.isDry { _ = try? root.removeEmptyDirectory("/etc/pvpgen") }
    }
}
