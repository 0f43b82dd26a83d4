import Console
import Glibc
import Linux

/// Who may attach: root and the members of a group; the members of another may look on.
public struct PeerAccess: Sendable {
    private let control: UInt32?
    private let view: UInt32?

    /// Looks the groups up; one that is not in `/etc/group` has no members.
    public init(group: String, viewGroup: String?) {
        control = LocalAccounts.number(ofGroup: group)
        view = viewGroup.flatMap(LocalAccounts.number(ofGroup:))
    }

    /// What the peer may do, and who it is: its user, and in parentheses who logged in where that is somebody else (`sudo`).
    func peer(_ credentials: UnixSocket.Credentials) -> Peer {
        var user = LocalAccounts.name(ofUser: credentials.uid)
        if let login = Self.login(credentials.pid), login != credentials.uid { user += " (\(LocalAccounts.name(ofUser: login)))" }
        return Peer(pid: credentials.pid, uid: credentials.uid, user: user, access: access(credentials))
    }

    private func access(_ credentials: UnixSocket.Credentials) -> Peer.Access {
        if credentials.uid == 0 || control.map(credentials.groups.contains) == true { return .control }
        return view.map(credentials.groups.contains) == true ? .view : .none
    }

    /// Who logged in, whatever user the process has become (`/proc/PID/loginuid` in `proc(5)`); `nil` when nobody did.
    private static func login(_ pid: Int32) -> UInt32? {
        guard let text = try? Root.machine.text("/proc/\(pid)/loginuid"), let uid = UInt32(text), uid != .max else { return nil }
        return uid
    }
}
