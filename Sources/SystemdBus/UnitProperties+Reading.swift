import Linux
import Values

extension UnitProperties {
    /// Reads the answer of `org.freedesktop.DBus.Properties.GetAll`; `nil` if it is not of a unit.
    init?(_ properties: [String: BusValue]) {
        guard let id = properties["Id"]?.string, let activeState = properties["ActiveState"]?.string else { return nil }
        self.init(id: id, activeState: activeState)
        update(properties)
    }

    /// Takes over those properties that a signal has.
    mutating func update(_ properties: [String: BusValue]) {
        func take<Value>(_ name: String, _ field: WritableKeyPath<Self, Value>, _ read: (BusValue) -> Value?) {
            if let value = properties[name].flatMap(read) { self[keyPath: field] = value }
        }
        take("ActiveState", \.activeState) { $0.string }
        take("LoadState", \.loadState) { $0.string }
        take("SubState", \.subState) { $0.string }
        take("Result", \.result) { $0.string }
        take("StatusText", \.statusText) { $0.string }
        take("Slice", \.slice) { $0.string }
        take("MainPID", \.mainPID) { $0.unsigned.map { Int($0) } }
        take("AllowedCPUs", \.allowedCPUs) { CPUSet(bits: $0.bytes ?? []) }
        if let entry = Entry("ActiveEnterTimestamp", in: properties) { activeEntry = entry }
        if let entry = Entry("InactiveEnterTimestamp", in: properties) { inactiveEntry = entry }
        take("InactiveExitTimestampMonotonic", \.inactiveExit) { $0.unsigned.flatMap { $0 > 0 ? $0 : nil } }
        take("ActiveExitTimestampMonotonic", \.activeExit) { $0.unsigned.flatMap { $0 > 0 ? $0 : nil } }
    }
}

extension UnitProperties.Entry {
    fileprivate init?(_ name: String, in properties: [String: BusValue]) {
        guard let monotonic = properties["\(name)Monotonic"]?.unsigned, monotonic > 0 else { return nil }
        let date = properties[name]?.unsigned.flatMap { $0 > 0 ? MonotonicClock.localDate(microseconds: $0) : nil }
        self.init(date: date ?? "", monotonic: monotonic)
    }
}

extension CPUSet {
    /// CPUs as systemd sends them: bit N % 8 of byte N / 8 is CPU N (systemd:
    /// src/shared/cpu-set-util.c, `cpu_set_to_dbus()`).
    init(bits bytes: [UInt8]) {
        self.init(
            bytes.enumerated().flatMap { index, byte in (0..<8).filter { byte >> $0 & 1 == 1 }.map { index * 8 + $0 } })
    }

    /// The same CPUs in that form.
    var bits: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: last.map { $0 / 8 + 1 } ?? 0)
        for cpu in cpus { bytes[cpu / 8] |= 1 << UInt8(cpu % 8) }
        return bytes
    }
}
