import CLinux
import Glibc
import Linux

/// Programs of the machine that the lab runs on. Each has a limit, and its end is looked at.
package enum Tool {
    /// Runs a program to its end and returns what it printed, both streams. `input` is a file;
    /// without one there is nothing to read. Throws when it is not installed, ends with anything
    /// but 0, or not within `seconds`.
    @discardableResult
    package static func run(_ arguments: [String], input: String = "/dev/null", within seconds: Int = 60) throws
        -> String
    {
        let result = try attempt(arguments, input: input, within: seconds)
        guard result.status == 0 else {
            throw LabFailure("\(arguments.joined(separator: " ")): ended with \(result.status)", log: result.output)
        }
        return result.output
    }

    /// The same, but its status is the caller's to judge. Throws when it is not installed or does
    /// not end in time.
    package static func attempt(_ arguments: [String], input: String = "/dev/null", within seconds: Int = 60) throws
        -> Result
    {
        let name = arguments.first ?? ""
        guard Command.find(name) != nil, let timeout = Command.find("timeout") else {
            throw LabFailure("\(name) is not installed; make deps")
        }
        let output = try OutputFile()
        let source = open(input, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw SystemError("open", input) }
        defer { close(source) }
        var words = ([timeout, "--kill-after=5", "\(seconds)"] + arguments).map { strdup($0) }
        words.append(nil)
        let pid = clinux_spawn(words, environ, source, output.descriptor, output.descriptor)
        for word in words { free(word) }
        guard pid > 0 else { throw SystemError("posix_spawn", name, code: -pid) }
        let status = clinux_wait(pid)
        let text = output.text
        guard ![124, 137].contains(status) else {
            throw LabFailure("\(arguments.joined(separator: " ")): no end within \(seconds) s", log: text)
        }
        return Result(status: status, output: text)
    }

    /// How a program ended.
    package struct Result: Hashable, Sendable {
        /// 0 to 255, or 128 plus the signal that ended it.
        package var status: Int32
        /// All of its standard output and standard error.
        package var output: String
    }
}
