import Console
import Linux

/// Which users may attach: root and the members of a group; the members of another group read only.
package struct PeerAccess: Sendable {
    private let control: UInt32?
    private let view: UInt32?

    /// Looks the groups up; one that is not in `/etc/group` has no members.
    package init(group: String, viewGroup: String?) {
        control = LocalAccounts.number(ofGroup: group)
        view = viewGroup.flatMap(LocalAccounts.number(ofGroup:))
    }

    /// What the peer may do, and who it is: its user, and in parentheses who logged in where that
    /// is another user (`sudo`). What it may do depends on the connection alone, whose credentials
    /// the kernel keeps. Who logged in is only a label in the journal.
    func peer(_ credentials: UnixSocket.Credentials, of connection: Descriptor) -> Peer {
        var user = LocalAccounts.name(ofUser: credentials.uid)
        let login = Self.login(credentials.pid, ProcessHandle(peerOf: connection))
        if let login, login != credentials.uid { user += " (\(LocalAccounts.name(ofUser: login)))" }
        return Peer(pid: credentials.pid, uid: credentials.uid, user: user, access: access(credentials))
    }

    private func access(_ credentials: UnixSocket.Credentials) -> Peer.Access {
        if credentials.uid == 0 || control.map(credentials.groups.contains) == true { return .control }
        return view.map(credentials.groups.contains) == true ? .view : .none
    }

    /// The user who logged in, whatever user the process has become (`/proc/PID/loginuid` in
    /// `proc(5)`); `nil` without a login. The number may be another process's since the connection
    /// was opened: with a handle, only one that still runs counts. Before Linux 6.5 there is no
    /// handle, and the label may be that other process's.
    static func login(_ pid: Int32, _ process: ProcessHandle?, in root: Root = .machine) -> UInt32? {
        guard let text = try? root.text("/proc/\(pid)/loginuid"), let uid = UInt32(text), uid != .max else {
            return nil
        }
        // Looked at afterwards: until then the number was that process's.
        if let process, process.hasEnded { return nil }
        return uid
    }
}
