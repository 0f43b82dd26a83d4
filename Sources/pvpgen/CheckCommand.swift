import ArgumentParser
import Diagnostics
import Plan

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and whether this machine can run it.",
        discussion: "Examples:\n  pvpgen check\n  pvpgen check --config-only --root=/mnt/other")

    @OptionGroup var root: RootOption

    @Flag(help: "Only the files; do not look for IOMMU groups, images, libvirt and free pages.")
    var configOnly = false

    func run() throws {
        let plan = try soundPlan(in: root.tree)
        guard !configOnly else { return }
        if show(HostCheck(plan: plan, root: root.tree).problems) { throw ExitCode.failure }
        print("\(plan.source): this machine can run it; systemctl start pvp.target")
    }
}
