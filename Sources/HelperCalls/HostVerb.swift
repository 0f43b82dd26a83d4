package import Tuning
package import Values

/// One of the things that pvp-host does.
package enum HostVerb: Hashable, Sendable {
    /// Provide free hugepages on a NUMA node.
    case reserveHugepages(node: Int, size: HugepageSize, pages: Int)
    /// Remove those that were added.
    case releaseHugepages(node: Int, size: HugepageSize)
    /// Create virtual functions on a NIC.
    case createVFs(of: PCIAddress, count: Int)
    /// Remove them.
    case removeVFs(of: PCIAddress)
    /// Bind a NIC to vfio-pci.
    case bindVFIO(VFIOCall)
    /// Restore its driver.
    case unbindVFIO(PCIAddress)
    /// Change what takes lcores and vCPUs their time away; stay, if asked to, for interrupts that
    /// come later and for what holds only as long.
    case tune(Tuning, stays: Bool)
    /// Restore what `tune` changed.
    case untune
    /// Print the errors of the configuration from standard input.
    case configError
    /// Succeed if all these units are active.
    case ready([String])
    /// Move threads of a guest's QEMU off the CPUs of its vCPUs.
    case moveThreads(guest: String)

    /// The variables that a drop-in sets, as `NAME=VALUE`: from them the command line of the
    /// template unit takes the arguments that differ from host to host. Empty for a verb without
    /// such arguments.
    package var variables: [String] {
        switch self {
        case .reserveHugepages(_, let size, let pages): ["PVP_PAGE_SIZE=\(size)", "PVP_PAGES=\(pages)"]
        case .createVFs(_, let count): ["PVP_VFS=\(count)"]
        case .bindVFIO(let call): call.options.isEmpty ? [] : [Self.variable("PVP_VFIO", call.options)]
        case .tune(let tuning, _): [Self.variable("PVP_TUNE", tuning.arguments)]
        case .releaseHugepages, .removeVFs, .unbindVFIO, .untune, .configError, .ready, .moveThreads: []
        }
    }

    private static func variable(_ name: String, _ words: [String]) -> String {
        ("\(name)=\(words: words)" as UTF8StringBuilder).string
    }

    /// The verb and what belongs to it.
    package var arguments: [String] {
        switch self {
        case .reserveHugepages(let node, let size, let pages):
            ["reserve-hugepages", "--node=\(node)", "--size=\(size)", "--pages=\(pages)"]
        case .releaseHugepages(let node, let size): ["release-hugepages", "--node=\(node)", "--size=\(size)"]
        case .createVFs(let parent, let count): ["create-vfs", "\(parent)", "--count=\(count)"]
        case .removeVFs(let parent): ["remove-vfs", "\(parent)"]
        case .bindVFIO(let call): ["bind-vfio", "\(call.address)"] + call.options
        case .unbindVFIO(let address): ["unbind-vfio", "\(address)"]
        case .tune(let tuning, let stays): (stays ? ["tune", "--stay"] : ["tune"]) + tuning.arguments
        case .untune: ["untune"]
        case .configError: ["config-error"]
        case .ready(let units): ["ready"] + units
        case .moveThreads(let guest): ["move-threads", guest]
        }
    }
}
