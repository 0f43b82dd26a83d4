package import Diagnostics
package import Linux
package import Plan

/// How ssh gets to a guest: a value that a test can look at.
package struct SSHCall: Hashable {
    /// The guest's name, by which its host key is known whatever its address.
    var name: String
    /// Its address on the management network.
    var address: String
    /// The private key that it lets in; `nil` for those that ssh has itself.
    var identity: String?
    /// The file with its host key; `nil` if the key is not recorded yet, and ssh asks.
    var knownHosts: String?
    /// What to run there; nothing for a shell.
    var command: [String] = []

    /// The command line (`ssh(1)`, `ssh_config(5)`).
    package var arguments: [String] {
        var arguments = ["ssh"]
        if let identity { arguments += ["-i", identity, "-o", "IdentitiesOnly=yes"] }
        if let knownHosts {
            arguments += [
                "-o", "UserKnownHostsFile=\(knownHosts)", "-o", "StrictHostKeyChecking=yes", "-o",
                "HostKeyAlias=\(name)",
            ]
        }
        arguments.append("root@\(address)")
        return command.isEmpty ? arguments : arguments + ["--"] + command
    }
}

extension SSHCall {
    /// To a guest of the plan, or to its only one.
    package init(_ name: String?, of plan: Plan, command: [String], in root: Root) throws(Problem) {
        let guest = try Self.guest(name, of: plan)
        guard let address = guest.managementAddress else {
            throw Problem(
                .sshNoNetwork, "guest \(guest.name) is not on the management network",
                remedy: "remove Network=no in its [Guest], or run 'pvpgen console \(guest.name)'")
        }
        let knownHosts = DiskPlan.knownHosts(of: guest.name)
        self.init(
            name: guest.name, address: address, identity: Self.identity(of: guest, in: root),
            knownHosts: root.exists(knownHosts) ? root.path(knownHosts) : nil, command: command)
    }

    /// The private key of the public key that the guest was prepared with, if it is beside that as
    /// `ssh-keygen(1)` writes it.
    private static func identity(of guest: GuestPlan, in root: Root) -> String? {
        guard let key = guest.disk?.sshKey, key.hasSuffix(".pub"), root.exists(String(key.dropLast(4))) else {
            return nil
        }
        return root.path(String(key.dropLast(4)))
    }

    private static func guest(_ name: String?, of plan: Plan) throws(Problem) -> GuestPlan {
        let names = plan.guests.map(\.name)
        if let name {
            if let guest = plan.guests.first(where: { $0.name == name }) { return guest }
            throw Problem(
                .unknownGuest, "guest '\(name)': not found in the plan",
                remedy: names.isEmpty
                    ? "pvpgen check" : "name one of: \(names.joined(separator: ", ")); 'pvpgen check' reports errors")
        }
        guard let first = plan.guests.first else {
            throw Problem(.unknownGuest, "no guest in the plan", remedy: "pvpgen check")
        }
        guard names.count == 1 else {
            throw Problem(
                .sshAmbiguous, "expected the name of a guest, one of: \(names.joined(separator: ", "))",
                remedy: "name one, for example 'pvpgen ssh \(first.name)'")
        }
        return first
    }
}
