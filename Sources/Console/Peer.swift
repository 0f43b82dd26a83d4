/// Who is at the other end of a connection (`SO_PEERCRED` in `unix(7)`).
package struct Peer: Hashable, Sendable {
    /// What it may do.
    package enum Access: Hashable, Sendable {
        /// See and type.
        case control
        /// Only see.
        case view
        /// Nothing.
        case none
    }

    /// The process that connected.
    package var pid: Int32
    /// Its user's number.
    package var uid: UInt32
    /// The name of the process's user, and the user who logged in if that is another.
    package var user: String
    /// What it may do.
    package var access: Access

    /// A peer.
    package init(pid: Int32, uid: UInt32, user: String, access: Access) {
        self.pid = pid
        self.uid = uid
        self.user = user
        self.access = access
    }
}
