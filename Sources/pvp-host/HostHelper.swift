import Diagnostics
import HelperCalls
import HostActions
import Linux
import SystemdBus

/// `pvp-host`: changes one thing of this host, or restores it.
package enum HostHelper {
    /// Does what the arguments ask for; returns the exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(Problem) {
            let call = try HostCall(arguments)
            let machine = Machine(Root(call.root))
            switch call.verb {
            case .reserveHugepages(let node, let size, let pages):
                print(try HugepagePool(node: node, size: size).reserve(pages, on: machine))
            case .releaseHugepages(let node, let size):
                printLines(try HugepagePool(node: node, size: size).release(on: machine))
            case .createVFs(let parent, let count): print(try VirtualFunctions(of: parent).create(count, on: machine))
            case .removeVFs(let parent): printLines(try VirtualFunctions(of: parent).remove(on: machine))
            case .bindVFIO(let call): print(try VFIOBinding(call).bind(on: machine))
            case .unbindVFIO(let address): printLines(try VFIOBinding(address).unbind(on: machine))
            case .ready(let units):
                let problems = try ServiceManager().properties(of: units).compactMap(\.problem)
                for problem in problems { report(problem, from: "pvp-host") }
                return problems.isEmpty ? 0 : 1
            case .tune(let tuning, let stays): try tune(tuning, on: machine, stays: stays)
            case .untune: printLines(try Tuner(machine).restore())
            case .moveThreads(let guest): try moveThreads(of: guest, on: machine)
            case .configError:
                while let line = readLine() { complain(line) }
                return 78
            }
            return 0
        } catch {
            report(error, from: "pvp-host")
            return error.code == .usage ? 2 : 1
        }
    }

    /// Looks for a moment: the kernel creates the thread when a vCPU runs for the first time, which
    /// may be just now.
    private static func moveThreads(of guest: String, on machine: Machine) throws(Problem) {
        for _ in 0..<3 {
            let lines = try VCPUNeighbours(of: guest).move(on: machine)
            for line in lines { put(line + "\n", to: Descriptor.standardOutput) }
            if !lines.isEmpty { return }
            MonotonicClock.sleep(milliseconds: 100)
        }
    }
}
