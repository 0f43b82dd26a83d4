import ArgumentParser
import Diagnostics
import HostActions
import HostTopology
import Linux

struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Take back what install wrote.",
        discussion: "The configuration in /etc/pvpgen stays.\n\nExamples:\n  systemctl stop pvp.target && pvpgen uninstall")

    @OptionGroup var root: RootOption

    func run() throws {
        if try attempt({ () throws(Problem) in try NICSearch.forget(in: root.tree) }) { print("\(RememberedNIC.path): removed") }
        let files = InstalledFiles(root: root.tree)
        guard files.isKnown(GRUB.path) else { return print("nothing is installed") }
        try attempt { () throws(Problem) in
            try files.checkOwnership(GRUB.path, before: "uninstall")
            try files.remove(GRUB.path) { () throws(Problem) in
                if root.tree.prefix.isEmpty { try GRUB.update.succeed() }
            }
        }
        print("\(GRUB.path): removed\nnext: systemctl reboot")
    }
}
