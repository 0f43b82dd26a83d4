import CSystemd
import Diagnostics
import Linux

/// A connection to the service manager of the machine (`sd-bus(3)`). No call waits for longer than
/// its limit.
///
/// As for systemctl: root talks to systemd itself, through its private socket, which works before
/// the bus is up and when it is down; other users, and root without that socket, go through the
/// system bus. `DBUS_SYSTEM_BUS_ADDRESS` (dbus-daemon(1)) names another bus.
final class BusConnection {
    /// systemd's own socket, for root alone (systemd: src/shared/bus-util.c,
    /// `bus_connect_system_systemd()`).
    static let privateSocket = "/run/systemd/private"

    private let bus: OpaquePointer
    /// When all calls have to be done, in milliseconds of `MonotonicClock.now`.
    private let end: Int?
    /// Whether a bus is in between, which delivers only those signals that were asked for.
    let isThroughBus: Bool

    /// Connects to the machine's systemd; a `limit` is for all calls of this connection in sum.
    /// Throws `systemd-silent`, `systemd-denied`, `systemd-timeout`, `library-missing`.
    convenience init(within limit: Duration?) throws(Problem) {
        try loadSystemd()
        if Environment["DBUS_SYSTEM_BUS_ADDRESS"] == nil, CurrentProcess.isRoot,
            let bus = try? Self.open(Self.privateSocket, isBus: false)
        {
            try self.init(bus, isThroughBus: false, within: limit)
        } else {
            var system: OpaquePointer?
            let result = systemd.sd_bus_open_system(&system)
            guard result >= 0, let system else { throw BusFailure(result).problem("system bus") }
            try self.init(system, isThroughBus: true, within: limit)
        }
    }

    /// Connects to a systemd that listens on a socket of its own, or to a bus with a systemd.
    convenience init(socket path: String, isBus: Bool, within limit: Duration?) throws(Problem) {
        try loadSystemd()
        try self.init(Self.open(path, isBus: isBus), isThroughBus: isBus, within: limit)
    }

    private init(_ bus: OpaquePointer, isThroughBus: Bool, within limit: Duration?) throws(Problem) {
        self.bus = bus
        self.isThroughBus = isThroughBus
        end = limit.map { MonotonicClock.now + Self.milliseconds($0) }
        try waitUntilReady()
    }

    deinit { _ = systemd.sd_bus_close_unref(bus) }

    private static func open(_ path: String, isBus: Bool) throws(Problem) -> OpaquePointer {
        var bus: OpaquePointer?
        var result = systemd.sd_bus_new(&bus)
        if result >= 0 { result = systemd.sd_bus_set_address(bus, "unix:path=\(path)") }
        if result >= 0 { result = systemd.sd_bus_set_bus_client(bus, isBus ? 1 : 0) }
        if result >= 0 { result = systemd.sd_bus_start(bus) }
        if result >= 0, let bus { return bus }
        _ = systemd.sd_bus_unref(bus)
        throw BusFailure(result).problem(path)
    }

    /// `sd_bus_call()` would wait for the greeting without a limit.
    private func waitUntilReady() throws(Problem) {
        let limit = self.limit(for: .seconds(25))
        let end = MonotonicClock.now + Int(limit / 1000)
        while true {
            let result = systemd.sd_bus_is_ready(bus)
            if result > 0 { return }
            guard result == 0 else { throw BusFailure(result).problem("systemd") }
            let processed = systemd.sd_bus_process(bus, nil)
            guard processed >= 0 else { throw BusFailure(processed).problem("systemd") }
            if processed > 0 { continue }
            let left = end - MonotonicClock.now
            guard left > 0 else { throw BusFailure(-Errno.timedOut).problem("systemd") }
            _ = systemd.sd_bus_wait(bus, UInt64(left) * 1000)
        }
    }

    /// Calls a method with the arguments that `body` appends, and returns the answer. Throws what
    /// ``BusFailure`` stands for.
    func call(_ method: BusMethod, within timeout: Duration = .seconds(25), _ body: (BusMessage) -> Void = { _ in })
        throws(Problem)
        -> BusMessage
    {
        var pointer: OpaquePointer?
        let created = systemd.sd_bus_message_new_method_call(
            bus, &pointer, method.destination, method.path, method.interface, method.member)
        guard created >= 0, let pointer else { throw BusFailure(created).problem(method.subject) }
        let message = BusMessage(owning: pointer)
        body(message)
        guard message.failure == 0 else { throw BusFailure(message.failure).problem(method.subject) }
        var error = sd_bus_error()
        defer { systemd.sd_bus_error_free(&error) }
        var answer: OpaquePointer?
        let result = systemd.sd_bus_call(bus, pointer, limit(for: timeout), &error, &answer)
        guard result >= 0, let answer else {
            let text =
                error.message.map { String(cString: $0) }
                ?? SystemError("sd_bus_call", method.subject, code: -result).reason
            throw BusFailure(name: error.name.map { String(cString: $0) }, message: text, code: -result).problem(
                method.subject)
        }
        return BusMessage(owning: answer)
    }

    /// The next signal, or `nil` when none comes within `timeout`. Throws `systemd-silent` when the
    /// connection ends.
    func signal(within timeout: Duration) throws(Problem) -> BusMessage? {
        while true {
            if let message = try received() { return message }
            let waited = systemd.sd_bus_wait(bus, limit(for: timeout))
            guard waited >= 0 else { throw BusFailure(waited).problem("systemd") }
            if waited == 0 { return nil }
        }
    }

    /// The next message that has arrived, without waiting; `nil` when there is none. Throws as
    /// ``signal(within:)``.
    func received() throws(Problem) -> BusMessage? {
        while true {
            var pointer: OpaquePointer?
            let result = systemd.sd_bus_process(bus, &pointer)
            guard result >= 0 else { throw BusFailure(result).problem("systemd") }
            if let pointer { return BusMessage(owning: pointer) }
            if result == 0 { return nil }
        }
    }

    /// What to poll for the next message, after ``received()`` has returned `nil`.
    var pollEntry: PollEntry {
        PollEntry(
            systemd.sd_bus_get_fd(bus), PollEvents(rawValue: Int16(clamping: max(0, systemd.sd_bus_get_events(bus)))))
    }

    /// Microseconds that a call may take; libsystemd takes 0 for its own limit.
    private func limit(for timeout: Duration) -> UInt64 {
        let own = Self.milliseconds(timeout)
        return UInt64(max(1, min(own, end.map { $0 - MonotonicClock.now } ?? own))) * 1000
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
