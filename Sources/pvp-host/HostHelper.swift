import Diagnostics
import HelperCalls
import HostActions
import Linux
import SystemdBus

/// Lines on standard error.
let log = Log("pvp-host")

/// `pvp-host`: changes one thing of this host, or restores it.
package enum HostHelper {
    /// Does what the arguments ask for; returns the exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(Problem) {
            let call = try HostCall(arguments)
            let host = HostFilesystem(Root(call.root))
            switch call.verb {
            case .reserveHugepages(let node, let size, let pages):
                print(try HugepagePool(node: node, size: size).reserve(pages, on: host))
            case .releaseHugepages(let node, let size):
                printLines(try HugepagePool(node: node, size: size).release(on: host))
            case .createVFs(let parent, let count): print(try VirtualFunctions(of: parent).create(count, on: host))
            case .removeVFs(let parent): printLines(try VirtualFunctions(of: parent).remove(on: host))
            case .bindVFIO(let call): print(try VFIOBinding(call).bind(on: host))
            case .unbindVFIO(let address): printLines(try VFIOBinding(address).unbind(on: host))
            case .ready(let units):
                let problems = try ServiceManager().properties(of: units).compactMap(\.problem)
                for problem in problems { log.write(problem) }
                return problems.isEmpty ? 0 : 1
            case .tune(let tuning, let stays): try tune(tuning, on: host, stays: stays)
            case .untune: printLines(try Tuner(host).restore())
            case .moveThreads(let guest): try moveThreads(of: guest, on: host)
            case .configError:
                while let line = readLine() { Log().error(line) }
                return 78
            }
            return 0
        } catch {
            log.write(error)
            return error.code == .usage ? 2 : 1
        }
    }

    /// Looks for a moment: the kernel creates the thread when a vCPU runs for the first time, which
    /// may be just now.
    private static func moveThreads(of guest: String, on host: HostFilesystem) throws(Problem) {
        for _ in 0..<3 {
            let lines = try VCPUNeighbours(of: guest).move(on: host)
            for line in lines { Descriptor.write(text: line + "\n", to: Descriptor.standardOutput) }
            if !lines.isEmpty { return }
            MonotonicClock.sleep(milliseconds: 100)
        }
    }
}
