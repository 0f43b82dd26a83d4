import Diagnostics
import Linux

/// The process: options in, exit status out, and all resources released before.
enum Program {
    static func run(_ arguments: [String]) -> Int32 {
        if let first = arguments.first, ["--help", "-h"].contains(first) {
            put(Options.usage + "\n" + Options.help, to: Descriptor.standardOutput)
            return 0
        }
        do throws(Problem) {
            return try Service(Options(arguments)).run()
        } catch {
            report(error, from: "pvp-console")
            guard error.code == .usage else { return 1 }
            complain(Options.usage)
            return 2
        }
    }
}
