import Diagnostics
import HelperCalls
import Linux

/// Lines on standard error.
let log = Log("pvp-console")

/// The process: options in, exit status out, and all resources released before.
enum Program {
    static func run(_ arguments: [String]) -> Int32 {
        if isHelpRequest(arguments) {
            Descriptor.write(text: Usage.line + "\n" + Usage.help, to: Descriptor.standardOutput)
            return 0
        }
        do throws(Problem) {
            return try Service(ConsoleServerCall(arguments)).run()
        } catch {
            log.write(error)
            guard error.code == .usage else { return 1 }
            Log().error(Usage.line)
            return 2
        }
    }
}
