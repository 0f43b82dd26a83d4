package import Linux
import Values

/// Threads of cores that pvp-tune has taken offline, each with another thread of its core. They are
/// part of a plan as if they were online: otherwise a plan would change as soon as it is carried
/// out. The kernel does not report the core of an offline CPU.
package struct OfflineSiblings: Hashable, Sendable {
    /// The name of the file in `/run/pvp/state`.
    package static let state = "offline-siblings"

    /// CPU and the other thread.
    package var threads: [Int: Int]

    /// These threads.
    package init(_ threads: [Int: Int]) { self.threads = threads }

    /// Reads what `text` wrote; a line that cannot be read is left out.
    package init(text: String) {
        threads = [:]
        for line in text.split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            if numbers.count == 2 { threads[numbers[0]] = numbers[1] }
        }
    }

    /// Those of a machine; none when none are remembered.
    package init(in root: Root) {
        self.init(text: (try? root.text("\(Root.state)/\(Self.state)")) ?? "")
    }

    /// For a file.
    package var text: String { threads.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined() }
}

extension HostTopology {
    /// The same machine with these threads back in their cores.
    func adding(_ siblings: OfflineSiblings) -> HostTopology {
        var host = self
        for (cpu, other) in siblings.threads where !online.contains(cpu) {
            guard let core = cores.firstIndex(where: { $0.contains(other) }) else { continue }
            host.online.insert(cpu)
            host.cores[core].insert(cpu)
            if let node = nodes.firstIndex(where: { $0.cpus.contains(other) }) { host.nodes[node].cpus.insert(cpu) }
        }
        host.cores.sort { ($0.first ?? 0) < ($1.first ?? 0) }
        return host
    }
}
