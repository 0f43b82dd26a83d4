import Diagnostics
import Glibc
import HostActions
import Linux

/// Does what was asked for; returns the exit status.
func run(_ arguments: [String]) -> Int32 {
    do throws(Problem) {
        let (verb, root) = try HostVerb.parse(arguments)
        let machine = Machine(Root(root))
        switch verb {
        case .reserveHugepages(let pool, let pages): print(try pool.reserve(pages, on: machine))
        case .releaseHugepages(let pool): print(try pool.release(on: machine))
        case .bindVFIO(let address): print(try VFIOBinding(address).bind(on: machine))
        case .unbindVFIO(let address): print(try VFIOBinding(address).unbind(on: machine))
        case .ready(let units):
            let problems = try UnitStates(units).problems()
            for problem in problems { report(problem, from: "pvp-host") }
            return problems.isEmpty ? 0 : 1
        case .configError:
            while let line = readLine() { complain(line) }
            return 78
        case .help: print(HostVerb.usage, terminator: "")
        }
        return 0
    } catch {
        report(error, from: "pvp-host")
        return error.code == "usage" ? 2 : 1
    }
}

exit(run(Array(CommandLine.arguments.dropFirst())))
