/// What testpmd prints when it does not run a command.
enum CommandErrors {
    /// Of its parser, as a whole line (DPDK: lib/cmdline/cmdline.c).
    static let parser: [StaticString] = ["Command not found", "Bad arguments", "Ambiguous command"]

    /// Of its commands, as the beginning of a line (DPDK: app/test-pmd).
    static let beginnings: [StaticString] = [
        "Invalid ", "Error", "error: ", "Fail to ", "Failed to ", "Failed: ", "Cannot ", "Can't ", "Unable to ",
        "Unknown ", "Unsupported ",
        "EAL: Error", "EAL: Cannot",
    ]

    /// Beginnings that are no error of the program, only of the command.
    private static let objections: [StaticString] = [
        "Bad Argument", "Please stop ", "Please start ", "Packet forwarding is not ready",
        "Packet forwarding not started",
        "Packet forwarding already started", "Not all ports were started", "Function not ", "Operation not ",
        "Operation failed",
        "Programming error", "Not supported on port ", "Port index ", "Port not stopped", "Device is removed",
    ]

    /// What only some of them have in common.
    private static let pieces: [StaticString] = [" error: (", "(): caught pmd error "]

    /// Whether one of an answer's lines says that the command was wrong.
    static func isSaid(in lines: [[UInt8]]) -> Bool {
        lines.contains { line in
            line.withUnsafeBufferPointer { line in
                parser.contains { $0.utf8CodeUnitCount == line.count && LogLineClassifier.matches(line, $0, at: 0) }
                    || (beginnings + objections).contains { LogLineClassifier.lowercased(line, $0, at: 0) }
                    || pieces.contains { LogLineClassifier.contains(line, $0) }
            }
        }
    }
}
