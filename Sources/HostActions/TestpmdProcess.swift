package import Linux

/// The process of a testpmd, whichever program it runs.
package struct TestpmdProcess: Hashable, Sendable {
    /// Its process id.
    package let id: Int

    /// Finds a running testpmd; `nil` if there is none.
    package init?(named name: String, in root: Root) {
        let processes = ((try? root.list("/proc")) ?? []).compactMap { Int($0) }
        guard let id = processes.first(where: { Self.isTestpmd(root.commandLine(ofProcess: $0) ?? [], named: name) })
        else { return nil }
        self.id = id
    }

    /// Whether a command line is that of a testpmd. Its console, and a program that runs it, such
    /// as strace(1), have the same options behind its path. Secondary processes, such as
    /// dpdk-proc-info(1), have no lcores of their own.
    package static func isTestpmd(_ arguments: [String], named name: String) -> Bool {
        guard let prefix = arguments.firstIndex(of: "--file-prefix=\(name)"), arguments.contains("-l") else {
            return false
        }
        return !arguments[..<prefix].dropFirst().contains { $0.hasPrefix("/") }
    }
}
