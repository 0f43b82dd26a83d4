import LabTools
import Linux

extension Machine {
    /// Pulls or plugs in the cable of a NIC.
    package func setCable(of nic: Int, isPlugged: Bool) throws {
        let monitor = try UnixSocket.connect(spec.monitor, .stream)
        _ = try answer(of: monitor)
        let command = "set_link \(spec.shape.plug(of: nic)) \(isPlugged ? "on" : "off")"
        _ = monitor.write(Array("\(command)\n".utf8))
        // The line itself is shown too.
        let text = try answer(of: monitor)
        if text.contains("Error") || text.contains("not found") { throw LabFailure("\(command): \(text)") }
    }

    /// What the monitor says until its prompt.
    private func answer(of monitor: Descriptor) throws -> String {
        var text = ""
        let end = MonotonicClock.now + 10_000
        while !text.hasSuffix("(qemu) ") {
            guard Descriptor.poll(monitor.number, .input, timeout: end - MonotonicClock.now),
                case .bytes(let bytes) = monitor.read()
            else { throw failure("the monitor does not answer: \(text)") }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }
}
