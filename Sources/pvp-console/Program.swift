import Diagnostics
import HelperCalls
import Linux

/// The process: options in, exit status out, and all resources released before.
enum Program {
    static func run(_ arguments: [String]) -> Int32 {
        if isHelpRequest(arguments) {
            put(Usage.line + "\n" + Usage.help, to: Descriptor.standardOutput)
            return 0
        }
        do throws(Problem) {
            return try Service(ConsoleServerCall(arguments)).run()
        } catch {
            report(error, from: "pvp-console")
            guard error.code == .usage else { return 1 }
            complain(Usage.line)
            return 2
        }
    }
}
