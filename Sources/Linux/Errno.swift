import Glibc

/// The kernel's reasons by their numbers (`errno(3)`), as far as another module decides by them.
package enum Errno {
    package static let notPermitted = EPERM
    package static let noSuchFileOrDirectory = ENOENT
    package static let exists = EEXIST
    package static let again = EAGAIN
    package static let interrupted = EINTR
    package static let permissionDenied = EACCES
    package static let busy = EBUSY
    package static let notDirectory = ENOTDIR
    package static let notConnected = ENOTCONN
    package static let connectionRefused = ECONNREFUSED
    package static let timedOut = ETIMEDOUT

    /// The reason of the call that failed last on this thread.
    package static var last: Int32 { errno }
}
