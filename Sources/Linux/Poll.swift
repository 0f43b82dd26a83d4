import Glibc

/// What is awaited of a descriptor in `poll(2)`, or has come.
package struct PollEvents: OptionSet, Hashable, Sendable {
    package let rawValue: Int16
    /// There is something to read, or its end (`POLLIN`).
    package static let input = PollEvents(rawValue: Int16(POLLIN))
    /// It takes bytes without waiting (`POLLOUT`).
    package static let output = PollEvents(rawValue: Int16(POLLOUT))
    /// It is in error: always reported (`POLLERR`).
    package static let error = PollEvents(rawValue: Int16(POLLERR))
    /// The other end is closed: always reported (`POLLHUP`).
    package static let hangup = PollEvents(rawValue: Int16(POLLHUP))

    package init(rawValue: Int16) { self.rawValue = rawValue }
}

/// One of several descriptors that are waited for together.
package struct PollEntry {
    private var entry: pollfd

    /// Without a number the entry is left out of the wait.
    package init(_ number: Int32?, _ events: PollEvents) {
        entry = pollfd(fd: number ?? -1, events: events.rawValue, revents: 0)
    }

    /// What has come.
    package var events: PollEvents { PollEvents(rawValue: entry.revents) }

    /// Whether a descriptor is waited for at all.
    package var isAwaited: Bool { entry.fd >= 0 }

    /// Waits until one of the descriptors is ready, at most `timeout` milliseconds, without a limit
    /// if that is `nil` (`poll(2)`). Returns the number of those that are ready: 0 when the time is
    /// over, -1 when a signal came.
    @discardableResult package static func wait(for entries: inout [PollEntry], timeout: Int?) -> Int32 {
        var raw = entries.map(\.entry)
        let count = Glibc.poll(&raw, UInt(raw.count), timeout.map { Int32(clamping: max(0, $0)) } ?? -1)
        for index in raw.indices { entries[index].entry = raw[index] }
        return count
    }
}
