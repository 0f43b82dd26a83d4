/// Whether testpmd forwards, by what it prints: telemetry does not report it (DPDK:
/// app/test-pmd/testpmd.c, start_packet_forwarding and stop_packet_forwarding).
struct ForwardingState {
    private(set) var isOn = false
    /// `show config fwd` prints the first of the two lines as well, `show config rxtx` the second;
    /// only a start prints both.
    private var hasPorts = false

    mutating func read(_ line: [UInt8]) {
        line.withUnsafeBufferPointer { line in
            if LogLineClassifier.matches(line, "Telling cores to ", at: 0) { isOn = false }
            guard line.count < 200, LogLineClassifier.contains(line, " packet forwarding") else { return }
            if LogLineClassifier.contains(line, " - ports=") {
                hasPorts = true
            } else if hasPorts, LogLineClassifier.contains(line, " packets/burst=") {
                isOn = true
            }
        }
    }

    /// A command has ended.
    mutating func prompt() { hasPorts = false }
}
