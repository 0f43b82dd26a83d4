import CLinux
package import Diagnostics
import Glibc

/// A program that runs until it is stopped: its standard input stays open until then, and its
/// output is kept for a message.
package final class RunningCommand {
    private let child: Child
    private let input: Descriptor
    private let output: Descriptor
    private var text: [UInt8] = []
    private var isReaped = false

    /// Starts a command. Throws `program-missing`, `program-not-started`.
    package init(_ command: Command) throws(Problem) {
        let name = command.arguments.first ?? ""
        guard let program = Command.find(name) else {
            throw Problem(
                .programMissing, "\(name): not found in PATH", remedy: "install the package that provides the program")
        }
        do throws(SystemError) {
            let (theirInput, ourInput) = try Self.pipe(name)
            let (ourOutput, theirOutput) = try Self.pipe(name)
            let pid = withCStrings([program] + command.arguments.dropFirst()) {
                clinux_spawn($0, environ, theirInput.number, theirOutput.number, theirOutput.number)
            }
            guard pid > 0 else { throw SystemError("posix_spawn", name, code: -pid) }
            child = try Child(pid)
            input = ourInput
            output = ourOutput
        } catch {
            throw error.problem(.programNotStarted, remedy: "check that the file can be executed")
        }
    }

    deinit { stop() }

    /// Whether the program still runs.
    package var isRunning: Bool { !isReaped && !Descriptor.poll(child.descriptor.number, .input, timeout: 0) }

    /// The last line that the program has printed so far.
    package var lastLine: String {
        while Descriptor.poll(output.number, .input, timeout: 0), case .bytes(let more) = output.read() { text += more }
        return Command.Result(status: 0, output: String(decoding: text, as: UTF8.self)).lastLine
    }

    /// Ends the program (`SIGTERM`), and waits for its end.
    package func stop() {
        guard !isReaped else { return }
        isReaped = true
        child.signal(SIGTERM)
        _ = try? child.reap()
    }

    private static func pipe(_ name: String) throws(SystemError) -> (output: Descriptor, input: Descriptor) {
        var ends: [Int32] = [-1, -1]
        guard clinux_pipe(&ends) == 0 else { throw SystemError("pipe", name) }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }
}
