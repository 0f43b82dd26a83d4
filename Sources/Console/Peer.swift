/// Who is at the other end of a connection (`SO_PEERCRED` in `unix(7)`).
public struct Peer: Hashable, Sendable {
    /// What it may do.
    public enum Access: Hashable, Sendable {
        /// See and type.
        case control
        /// Only see.
        case view
        /// Nothing.
        case none
    }

    /// The process that connected.
    public var pid: Int32
    /// Its user's number.
    public var uid: UInt32
    /// Its user's name, and who logged in where that is somebody else.
    public var user: String
    /// What it may do.
    public var access: Access

    /// A peer.
    public init(pid: Int32, uid: UInt32, user: String, access: Access) {
        self.pid = pid
        self.uid = uid
        self.user = user
        self.access = access
    }
}
