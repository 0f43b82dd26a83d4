import ArgumentParser
import Diagnostics
import GuestImage
import HostActions
import Linux
import Plan
import SystemdBus

struct GuestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guest", abstract: "List or reset the disks of guests",
        discussion: "Examples:\n  pvpgen guest list\n  pvpgen guest reset guest",
        subcommands: [GuestListCommand.self, GuestResetCommand.self])
}

struct GuestListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the overlay disk and the backing image of each guest",
        discussion:
            "A guest that is no longer configured is listed while it has a disk.\n\nExamples:\n  pvpgen guest list")

    @OptionGroup var root: RootOption

    func run() throws {
        let disks = Self.disks(in: root.tree)
        let kept = Self.names(in: root.tree).filter { name in !disks.contains { $0.guest == name } }
        for disk in disks {
            let state = root.tree.exists(disk.overlay) ? disk.overlay : "no disk yet"
            print("\(disk.guest): \(state), image \(disk.image)")
        }
        for name in kept { print("\(name): \(DiskPlan.directory(of: name)), in no configuration") }
    }

    private static func disks(in root: Root) -> [DiskPlan] {
        Plan.read(from: root).plan?.guests.compactMap(\.disk) ?? []
    }

    /// Guests with a disk, configured or not.
    static func names(in root: Root) -> [String] {
        let configured = disks(in: root).map(\.guest)
        let kept = (try? root.list("\(DiskPlan.state)/guests")) ?? []
        return configured + kept.filter { !configured.contains($0) }
    }
}

struct GuestResetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Remove the overlay disk of a guest",
        discussion: """
            All data that the guest has written is lost, and the next start creates a new disk. \
            The backing image and the SSH host key remain.
            The guest must be stopped.

            Examples:
              systemctl stop pvp-guest@guest
              pvpgen guest reset guest
              systemctl start pvp-guest@guest
            """)

    @OptionGroup var root: RootOption
    @Argument(
        help: "Name of the guest.",
        completion: .custom { words, _, _ in GuestListCommand.names(in: RootOption.tree(words)) })
    var name: String

    func run() throws {
        let removed = try exitOnProblem { () throws(Problem) in
            guard Self.isName(name) else {
                throw Problem(
                    .noDisk, "'\(name)': not a valid name of a guest",
                    remedy: "run 'pvpgen guest list' to list the guests with a disk")
            }
            return try DiskReset.reset(name, in: root.tree) {
                Log().notice("guest \(name): waiting for pvp-image, which works on its disk")
            } refuseUse: { () throws(Problem) in
                if root.tree.prefix.isEmpty { try Self.refuseRunning(name) }
            }
        }
        for file in removed { print("\(file): removed") }
        print(removed.isEmpty ? "guest \(name) had no disk" : "next: systemctl start pvp-guest@\(name)")
    }

    /// It becomes part of a path.
    static func isName(_ name: String) -> Bool { !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") }

    /// A running guest has its disk open: the data of a removed disk would be lost at an unexpected
    /// moment.
    static func refuseRunning(_ guest: String) throws(Problem) {
        let manager: ServiceManager
        do throws(Problem) {
            manager = try ServiceManager()
        } catch {
            // Without a systemd nothing of ours can run.
            if error.code == .systemdSilent { return }
            throw error
        }
        var hasFailed = false
        for unit in ["pvp-guest@\(guest).service", "pvp-image@\(guest).service", "pvp-domain@\(guest).service"] {
            // The last one is active after the guest has ended, too; it counts where the guest may
            // have outlived its unit.
            if unit.hasPrefix("pvp-domain@"), !hasFailed { break }
            let state = try manager.properties(of: unit).activeState
            if unit.hasPrefix("pvp-guest@"), state == "failed" { hasFailed = true }
            if state == "inactive" || state == "failed" { continue }
            throw Problem(.guestRunning, "\(unit) is \(state)", remedy: "run 'systemctl stop pvp-guest@\(guest)'")
        }
    }
}
