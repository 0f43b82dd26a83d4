import Diagnostics
import HostActions
import Linux
import SystemdBus

/// Does what was asked for; returns the exit status.
func run(_ arguments: [String]) -> Int32 {
    do throws(Problem) {
        let (verb, root) = try HostVerb.parse(arguments)
        let machine = Machine(Root(root))
        switch verb {
        case .reserveHugepages(let pool, let pages): print(try pool.reserve(pages, on: machine))
        case .releaseHugepages(let pool): tell(try pool.release(on: machine))
        case .createVFs(let functions, let count): print(try functions.create(count, on: machine))
        case .removeVFs(let functions): tell(try functions.remove(on: machine))
        case .bindVFIO(let binding): print(try binding.bind(on: machine))
        case .unbindVFIO(let binding): tell(try binding.unbind(on: machine))
        case .ready(let units):
            let problems = try ServiceManager().properties(of: units).compactMap(\.problem)
            for problem in problems { report(problem, from: "pvp-host") }
            return problems.isEmpty ? 0 : 1
        case .tune(let tuning, let stays): try tune(tuning, on: machine, stays: stays)
        case .untune: tell(try Tuner(machine).restore())
        case .moveThreads(let guest): try moveThreads(of: guest, on: machine)
        case .configError:
            while let line = readLine() { complain(line) }
            return 78
        case .help: print(HostVerb.usage, terminator: "")
        }
        return 0
    } catch {
        report(error, from: "pvp-host")
        return error.code == .usage ? 2 : 1
    }
}

/// Looks for a moment: the kernel makes the thread when a vCPU runs for the first time, which may be just now.
func moveThreads(of guest: String, on machine: Machine) throws(Problem) {
    for _ in 0..<3 {
        let lines = try VCPUNeighbours(of: guest).move(on: machine)
        for line in lines { put(line + "\n", to: Descriptor.standardOutput) }
        if !lines.isEmpty { return }
        Clock.sleep(milliseconds: 100)
    }
}

CurrentProcess.exit(run(Array(CommandLine.arguments.dropFirst())))
