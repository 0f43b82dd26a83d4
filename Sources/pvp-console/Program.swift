import Diagnostics
import Glibc
import Linux

/// What the process is: options in, exit status out, and everything that it made taken away again before.
enum Program {
    static func run(_ arguments: [String]) -> Int32 {
        if arguments.first == "--help" {
            _ = Descriptor.write(Array((Options.usage + "\n" + Options.help).utf8), to: 1)
            return 0
        }
        do throws(Problem) {
            return try Server(Options(arguments)).run()
        } catch {
            report(error.line)
            guard error.code == "usage" else { return 1 }
            report(Options.usage)
            return 2
        }
    }

    /// One line on standard error.
    static func report(_ line: String) {
        let level = Environment["JOURNAL_STREAM"] == nil ? "" : "<3>"
        _ = Descriptor.write(Array("\(level)pvp-console: \(line)\n".utf8), to: 2)
    }
}
