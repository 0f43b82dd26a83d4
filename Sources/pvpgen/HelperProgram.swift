import HelperCalls
import Linux
import pvp_build
import pvp_dpdk
import pvp_guest
import pvp_host
import pvp_image
import pvp_network

/// The helpers that are pvpgen under names of their own, by links: a Swift runtime in each of them
/// would be most of the package.
enum HelperProgram: String, CaseIterable {
    case build = "pvp-build"
    case dpdk = "pvp-dpdk"
    case guest = "pvp-guest"
    case host = "pvp-host"
    case image = "pvp-image"
    case network = "pvp-network"

    /// The one that a program was started as; `nil` for another name.
    init?(startedAs program: String) {
        guard let name = program.split(separator: "/").last else { return nil }
        self.init(rawValue: String(name))
    }

    /// Does what the arguments ask for, and ends the process.
    func run(_ arguments: [String]) -> Never {
        if isHelpRequest(arguments) {
            print(usage, terminator: "")
            CurrentProcess.exit(0)
        }
        switch self {
        case .build: CurrentProcess.exit(BuildHelper.run(arguments))
        case .dpdk: CurrentProcess.exit(DPDKHelper.run(arguments))
        case .guest: GuestHelper.run(arguments)
        case .host: CurrentProcess.exit(HostHelper.run(arguments))
        case .image: CurrentProcess.exit(ImageHelper.run(arguments))
        case .network: NetworkHelper.run(arguments)
        }
    }

    /// What `--help` prints.
    private var usage: String {
        switch self {
        case .build: pvp_build.usage
        case .dpdk: pvp_dpdk.usage
        case .guest: pvp_guest.usage
        case .host: pvp_host.usage
        case .image: pvp_image.usage
        case .network: pvp_network.usage
        }
    }
}
