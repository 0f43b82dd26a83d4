import CSystemd

/// A message of D-Bus: values are appended to one that is sent, and read from one that was
/// received, in their order (`sd-bus(3)`).
package final class BusMessage {
    /// For functions of libsystemd.
    package let pointer: OpaquePointer
    /// The reason of the first `append` that failed, as a negative `errno`; 0 if none did.
    private(set) var failure: Int32 = 0

    /// Takes over the caller's reference.
    package init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { _ = systemd.sd_bus_message_unref(pointer) }

    /// The unique name of the sender on the bus; `nil` on a connection without a bus.
    package var sender: String? { systemd.sd_bus_message_get_sender(pointer).map { String(cString: $0) } }

    /// The path of the object that sent the signal; `nil` for an answer.
    package var path: String? { systemd.sd_bus_message_get_path(pointer).map { String(cString: $0) } }

    /// Whether this is that signal.
    package func isSignal(_ member: String, of interface: String) -> Bool {
        systemd.sd_bus_message_is_signal(pointer, interface, member) > 0
    }

    /// The next value; `nil` at the end of the message or of the container that is being read, and
    /// for a message with an invalid form.
    package func next() -> BusValue? {
        var type: CChar = 0
        var contents: UnsafePointer<CChar>?
        guard systemd.sd_bus_message_peek_type(pointer, &type, &contents) > 0 else { return nil }
        switch Self.character(type) {
        case "a" where contents.map { String(cString: $0) } == "y": return bytes()
        case "a", "r", "e": return values(type, contents).map { .list($0) }
        case "v": return values(type, contents)?.first
        case "b": return number(type, Int32.self).map { .boolean($0 != 0) }
        case "y": return number(type, UInt8.self).map { .unsigned(UInt64($0)) }
        case "q": return number(type, UInt16.self).map { .unsigned(UInt64($0)) }
        case "u": return number(type, UInt32.self).map { .unsigned(UInt64($0)) }
        case "t": return number(type, UInt64.self).map { .unsigned($0) }
        case "n": return number(type, Int16.self).map { .signed(Int64($0)) }
        case "i", "h": return number(type, Int32.self).map { .signed(Int64($0)) }
        case "x": return number(type, Int64.self).map { .signed($0) }
        case "d":
            var value = 0.0
            return systemd.sd_bus_message_read_basic(pointer, type, &value) > 0 ? .double(value) : nil
        default:
            var text: UnsafePointer<CChar>?
            return systemd.sd_bus_message_read_basic(pointer, type, &text) > 0
                ? text.map { .string(String(cString: $0)) } : nil
        }
    }

    private static func character(_ type: CChar) -> Character { Character(Unicode.Scalar(UInt8(bitPattern: type))) }

    private func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: CChar, _: Number.Type) -> Number? {
        var value: Number = 0
        return systemd.sd_bus_message_read_basic(pointer, type, &value) > 0 ? value : nil
    }

    private func bytes() -> BusValue? {
        var start: UnsafeRawPointer?
        var count = 0
        guard systemd.sd_bus_message_read_array(pointer, Self.type("y"), &start, &count) >= 0 else { return nil }
        return .bytes(Array(UnsafeRawBufferPointer(start: start, count: count)))
    }

    private func values(_ type: CChar, _ contents: UnsafePointer<CChar>?) -> [BusValue]? {
        guard systemd.sd_bus_message_enter_container(pointer, type, contents) > 0 else { return nil }
        var values: [BusValue] = []
        while let value = next() { values.append(value) }
        return systemd.sd_bus_message_exit_container(pointer) >= 0 ? values : nil
    }
}

extension BusMessage {
    /// Appends a string, or with type `o` an object path.
    package func append(_ text: String, as type: Character = "s") {
        note(text.withCString { systemd.sd_bus_message_append_basic(pointer, Self.type(type), $0) })
    }

    /// Appends a boolean.
    package func append(_ flag: Bool) {
        var value: Int32 = flag ? 1 : 0
        note(systemd.sd_bus_message_append_basic(pointer, Self.type("b"), &value))
    }

    /// Appends a number with the width of the type, such as `u` for `UInt32`.
    package func append(_ number: some FixedWidthInteger & BitwiseCopyable, as type: Character) {
        var number = number
        note(systemd.sd_bus_message_append_basic(pointer, Self.type(type), &number))
    }

    /// Appends an array of bytes.
    package func append(_ bytes: [UInt8]) {
        note(
            bytes.withUnsafeBytes {
                systemd.sd_bus_message_append_array(pointer, Self.type("y"), $0.baseAddress, $0.count)
            })
    }

    /// Appends an array of strings.
    package func append(_ texts: [String]) {
        container("a", of: "s") { for text in texts { append(text) } }
    }

    /// Appends an array (`a`), a structure (`r`), an entry of a dictionary (`e`) or a variant (`v`)
    /// of that signature, with what `body` appends.
    package func container(_ type: Character, of contents: String, _ body: () -> Void) {
        note(systemd.sd_bus_message_open_container(pointer, Self.type(type), contents))
        body()
        note(systemd.sd_bus_message_close_container(pointer))
    }

    private static func type(_ type: Character) -> CChar { CChar(type.asciiValue ?? 0) }

    private func note(_ result: Int32) { if result < 0, failure == 0 { failure = result } }
}
