import CLinux
import Glibc

/// A pseudo-terminal that this process owns (`pty(7)`): the side where a terminal emulator would
/// sit.
package final class Terminal {
    /// What is written here is typed at the terminal, what is read is shown on it. Non-blocking; at
    /// its end, when it closes, the session gets `SIGHUP`.
    package let descriptor: Descriptor
    /// The path of the side that a program uses, such as `/dev/pts/3`.
    package let path: String

    /// Opens a new one with the kernel's usual settings (echo, lines) and the given size in
    /// characters.
    package init(rows: UInt16 = 24, columns: UInt16 = 80) throws(SystemError) {
        var name = [CChar](repeating: 0, count: Int(PATH_MAX))
        let number = clinux_openpt(rows, columns, &name, name.count)
        guard number >= 0 else { throw SystemError("posix_openpt", "/dev/ptmx", code: -number) }
        descriptor = Descriptor(owning: number)
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Leaves it to the program what is shown of that which is typed, and lets no key (Ctrl-S) stop
    /// what it shows.
    package func disableEchoAndFlowControl() throws(SystemError) {
        var settings = termios()
        guard tcgetattr(descriptor.number, &settings) == 0 else { throw SystemError("tcgetattr", path) }
        settings.c_lflag &= ~tcflag_t(ECHO)
        settings.c_iflag &= ~tcflag_t(IXON)
        guard tcsetattr(descriptor.number, TCSANOW, &settings) == 0 else { throw SystemError("tcsetattr", path) }
    }

    /// Starts a program on it as the leader of a new session, with the environment `KEY=VALUE` and
    /// no other descriptors of this process. `arguments[0]` is the path of the program. Throws what
    /// `posix_spawn(3)` says, `ENOENT` when there is no such program.
    package func spawn(_ arguments: [String], environment: [String]) throws(SystemError) -> Child {
        let pid = withCStrings(arguments) { argv in
            withCStrings(environment) { envp in clinux_spawn_on_tty(argv, envp, path) }
        }
        guard pid > 0 else { throw SystemError("posix_spawn", arguments.first ?? "", code: -pid) }
        return try Child(pid)
    }

    /// Gives a terminal a size in characters, 1 to 65535; its foreground processes get `SIGWINCH`.
    /// One that takes none stays as it is.
    package static func resize(_ terminal: Descriptor, rows: Int, columns: Int) {
        _ = clinux_resize(terminal.number, UInt16(clamping: rows), UInt16(clamping: columns))
    }
}
