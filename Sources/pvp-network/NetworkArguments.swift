import Diagnostics
import Values

/// The command line, read.
struct NetworkArguments: Hashable, Sendable {
    /// What the program is to do.
    enum Verb: Hashable, Sendable {
        case create
        case destroy
        case help
    }

    static let usage = """
        Usage: pvp-network NAME --uuid=UUID [OPTIONS...] < NETWORK.xml
               pvp-network --destroy NAME --uuid=UUID [--connect=URI]

        Create or remove the libvirt network of the guests

        Creates a transient network from the XML on standard input, unless its name, its
        bridge or its addresses are in use.

        Options:
          --uuid=UUID             UUID of the network
          --address=ADDRESS/PREFIX
                                  Address of this host on the network; required unless
                                  --destroy is given
          --bridge=BRIDGE         Name of its bridge; required unless --destroy is given
          --destroy               Remove the network with this UUID; other networks of
                                  that name are not changed
          --connect=URI           Use this libvirt; qemu:///system by default
          -h, --help              Print this help

        Examples:
          pvp-network --destroy pvp --uuid=6d34b1f0-3a0e-5f0c-9a51-0b5c7d2a8e11

        Exit codes: 0 on success, 1 on failure, 2 for wrong usage.
        """

    var verb = Verb.create
    /// The network's name.
    var name = ""
    /// By this it is known as ours.
    var uuid = ""
    /// This host's address on it.
    var address = IPv4Interface(IPv4Address(0), prefix: 32)
    /// The name of its bridge.
    var bridge = ""
    /// libvirt's URI.
    var connect = "qemu:///system"

    /// Reads what follows the program's name. Throws `usage`.
    init(_ arguments: [String]) throws(Problem) {
        var hasAddress = false
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch (parts[0], parts.count) {
            case ("--help", 1), ("-h", 1): verb = .help
            case ("--destroy", 1): verb = .destroy
            case ("--connect", 2): connect = parts[1]
            case ("--uuid", 2): uuid = parts[1]
            case ("--bridge", 2): bridge = parts[1]
            case ("--address", 2):
                guard let interface = IPv4Interface(parts[1]) else {
                    throw Self.problem("\(argument): expected an address and a prefix length such as 192.168.200.1/24")
                }
                address = interface
                hasAddress = true
            default:
                guard !argument.hasPrefix("-"), !argument.isEmpty, name.isEmpty else {
                    throw Self.problem("unexpected argument '\(argument)'")
                }
                name = argument
            }
        }
        if verb == .help { return }
        if name.isEmpty { throw Self.problem("the network's name is missing") }
        if uuid.isEmpty { throw Self.problem("--uuid= is missing") }
        if verb == .create, !hasAddress || bridge.isEmpty { throw Self.problem("--address= and --bridge= are needed") }
    }

    private static func problem(_ message: String) -> Problem { Problem(.usage, message, remedy: "run 'pvp-network --help'") }
}
