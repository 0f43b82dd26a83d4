import CLinux
import Glibc

/// A set of descriptors and what is awaited of each (`epoll(7)`, level-triggered).
package final class Epoll {
    /// What is awaited of a descriptor, or has come.
    package struct Interest: OptionSet, Hashable, Sendable {
        /// The bits.
        package let rawValue: UInt32
        /// There is something to read, or its end.
        package static let read = Interest(rawValue: EPOLLIN.rawValue)
        /// It takes bytes again.
        package static let write = Interest(rawValue: EPOLLOUT.rawValue)
        /// Both directions are closed, or it is in error: always reported.
        package static let hangup = Interest(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)

        /// Creates a set from its bits.
        package init(rawValue: UInt32) { self.rawValue = rawValue }
    }

    /// One descriptor that is ready.
    package struct Event: Hashable, Sendable {
        /// Which.
        package var descriptor: Int32
        /// For what.
        package var ready: Interest
    }

    private let epoll: Descriptor
    private var buffer = [epoll_event](repeating: epoll_event(), count: 64)

    /// Creates an empty set.
    package init() throws(SystemError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw SystemError("epoll_create1", "epoll") }
        epoll = Descriptor(owning: number)
    }

    /// Adds a descriptor, or changes what is awaited of it. A regular file is always ready and
    /// cannot be added (`EPERM`).
    package func set(_ descriptor: Int32, _ interest: Interest) throws(SystemError) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(fd: descriptor))
        if epoll_ctl(epoll.number, EPOLL_CTL_MOD, descriptor, &event) == 0 { return }
        guard errno == ENOENT, epoll_ctl(epoll.number, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl", "descriptor \(descriptor)")
        }
    }

    /// Takes a descriptor out, before it is closed; one that is not in is no error.
    package func remove(_ descriptor: Int32) {
        var event = epoll_event()
        _ = epoll_ctl(epoll.number, EPOLL_CTL_DEL, descriptor, &event)
    }

    /// Waits for descriptors to be ready, at most `timeout` milliseconds, without a limit if that
    /// is `nil`. Empty after the timeout.
    package func wait(_ timeout: Int?) throws(SystemError) -> [Event] {
        let limit = timeout.map { Int32(clamping: max(0, $0)) } ?? -1
        let count = epoll_wait(epoll.number, &buffer, Int32(buffer.count), limit)
        if count < 0 && errno == EINTR { return [] }
        guard count >= 0 else { throw SystemError("epoll_wait", "epoll") }
        return buffer[..<Int(count)].map { Event(descriptor: $0.data.fd, ready: Interest(rawValue: $0.events)) }
    }
}
