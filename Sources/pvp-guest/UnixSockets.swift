import Linux

/// The kernel's table of unix sockets (`/proc/net/unix`).
enum UnixSockets {
    /// Those of the paths that no client is connected to, in the order given.
    static func unconnected(_ paths: [String], table: String) -> [String] {
        // Num RefCount Protocol Flags Type St Inode Path; state 03 is a socket that has its peer.
        let connected = Set(
            table.split(separator: "\n").compactMap { line -> String? in
                let fields = line.split(separator: " ", maxSplits: 7)
                return fields.count == 8 && fields[5] == "03" ? String(fields[7]) : nil
            }
        )
        return paths.filter { !connected.contains($0) }
    }

    /// The same, on this machine, now. All of them when the table cannot be read.
    static func unconnected(_ paths: [String]) -> [String] {
        unconnected(paths, table: (try? Root.machine.text("/proc/net/unix")) ?? "")
    }
}
