import Linux

extension Layout {
    /// Where the running pvpgen is installed: it is `PREFIX/bin/pvpgen`. One that runs from
    /// elsewhere, such as a build, is taken for that of `/usr`.
    package static var own: Layout {
        let program = (try? Root.machine.link("/proc/self/exe")) ?? ""
        return Layout(prefix: program.hasSuffix("/bin/pvpgen") ? String(program.dropLast("/bin/pvpgen".count)) : "/usr")
    }
}
