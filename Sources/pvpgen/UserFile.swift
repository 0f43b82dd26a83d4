import Diagnostics
import Glibc
import Linux

/// Files that the user names on the command line: a name without a slash in front is from the working directory.
enum UserFile {
    /// All of a file; `-` is standard input.
    static func read(_ name: String) throws(SystemError) -> [UInt8] {
        name == "-" ? try standardInput() : try Root.machine.bytes(absolute(name))
    }

    /// Writes a file, whole or not at all.
    static func write(_ name: String, _ text: String) throws(Problem) {
        do throws(SystemError) {
            try Root.machine.replace(absolute(name), with: Array(text.utf8))
        } catch {
            throw error.problem("not-written", remedy: "name a file that can be written")
        }
    }

    /// Where a file is.
    static func absolute(_ name: String) -> String {
        if name.hasPrefix("/") { return name }
        guard let directory = getcwd(nil, 0) else { return name }
        defer { free(directory) }
        return String(cString: directory) + "/" + name
    }

    private static func standardInput() throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        while true {
            let (count, chunk) = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
                let count = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                return (count, Array(buffer[..<max(0, count)]))
            }
            content += chunk
            if count == 0 { return content }
            guard count > 0 || errno == EINTR else { throw SystemError("read", "standard input") }
        }
    }
}
