import Console
import Glibc
import Linux

/// Who may attach: root and the members of a group; the members of another may look on.
public struct PeerAccess: Sendable {
    private let control: UInt32?
    private let view: UInt32?

    /// Looks the groups up (`getgrnam(3)`); one that does not exist has no members.
    public init(group: String, viewGroup: String?) {
        control = Self.number(group)
        view = viewGroup.flatMap(Self.number)
    }

    private static func number(_ group: String) -> UInt32? { getgrnam(group)?.pointee.gr_gid }

    /// What the peer may do, and who it is: its user, and in parentheses who logged in where that is somebody else (`sudo`).
    func peer(_ credentials: UnixSocket.Credentials) -> Peer {
        var user = Self.name(credentials.uid)
        if let login = Self.login(credentials.pid), login != credentials.uid { user += " (\(Self.name(login)))" }
        return Peer(pid: credentials.pid, uid: credentials.uid, user: user, access: access(credentials))
    }

    private func access(_ credentials: UnixSocket.Credentials) -> Peer.Access {
        if credentials.uid == 0 || control.map(credentials.groups.contains) == true { return .control }
        return view.map(credentials.groups.contains) == true ? .view : .none
    }

    /// The user's name in the machine's own list. Not through NSS: a directory server that does not answer would hold up testpmd's terminal.
    private static func name(_ uid: UInt32) -> String {
        let lines = ((try? Root.machine.bytes("/etc/passwd")) ?? []).split(separator: 0x0a)
        for line in lines {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            if fields.count > 2, Array(fields[2]) == Array("\(uid)".utf8) { return String(decoding: fields[0], as: UTF8.self) }
        }
        return "user \(uid)"
    }

    /// Who logged in, whatever user the process has become (`/proc/PID/loginuid` in `proc(5)`); `nil` when nobody did.
    private static func login(_ pid: Int32) -> UInt32? {
        guard let text = try? Root.machine.text("/proc/\(pid)/loginuid"), let uid = UInt32(text), uid != .max else { return nil }
        return uid
    }
}
