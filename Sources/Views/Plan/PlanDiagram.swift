import Config
package import HostTopology
package import Plan
package import Values
import XML

extension Plan {
    /// The plan as a picture (SVG 1.1): the way of the packets, and sockets, nodes, cores and
    /// threads with who sits where. `sockets` has the socket of each core by its lowest CPU
    /// (`topology/physical_package_id`); a core that is not in it is on socket 0, and without any
    /// the picture names no sockets. `offline` are CPUs that exist and are switched off
    /// (`/sys/devices/system/cpu/offline`). The same plan gives the same text. It paints its own
    /// background, so that it is legible on any; it is light or dark as the reader prefers.
    package func picture(on host: HostTopology, sockets: [Int: Int] = [:], offline: CPUSet = CPUSet()) -> String {
        var picture = PlanDiagram(plan: self, host: host, sockets: sockets, offline: offline)
        return picture.draw()
    }
}

/// A picture on its way from top to bottom.
struct PlanDiagram {
    static let width = 1080
    static let margin = 20

    let plan: Plan
    let host: HostTopology
    let sockets: [Int: Int]
    let offline: CPUSet
    var canvas = Canvas()
    /// Where the next thing goes.
    var y = 0

    init(plan: Plan, host: HostTopology, sockets: [Int: Int], offline: CPUSet) {
        self.plan = plan
        self.host = host
        self.sockets = sockets
        self.offline = offline
    }

    mutating func draw() -> String {
        y = 38
        canvas.text("title", Self.title, x: Self.margin, y: y)
        y += 20
        canvas.text("small", summary, x: Self.margin, y: y)
        y += 14
        drawPacketPaths()
        drawMachine()
        if !offline.isEmpty {
            canvas.text("strong", Canvas.fit("Offline: CPUs \(offline)", 130), x: Self.margin, y: y + 12)
            y += 24
        }
        let height = y + Self.margin
        let svg: XML = """
            <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 \(Self.width) \(height)' width='\(Self.width)' \
            height='\(height)' role='img' aria-labelledby='title desc'>
              <title id='title'>\(Self.title)</title>
              <desc id='desc'>\(summary.withXMLCharacters)</desc>
              <style>\(Self.style)</style>
              <defs>
                <marker id='head' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='8' markerHeight='8' \
            orient='auto-start-reverse'>
                  <path class='head' d='M0 0 L8 4 L0 8 z'/>
                </marker>
              </defs>
              <rect class='ground' width='\(Self.width)' height='\(height)'/>
            \(canvas.elements)</svg>

            """
        return String(decoding: svg.bytes, as: UTF8.self)
    }

    private static let title = "Plan of a PVP host"

    private var summary: String {
        func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
        let pages = plan.hugepages.map { "\($0.pages) pages of \(plan.pageSize.rawValue) on node \($0.node)" }.joined(
            separator: ", ")
        return
            "\(plan.source): \(count(plan.nics.count, "NIC")), \(count(plan.testpmds.count, "testpmd")), "
            + "\(count(plan.guests.count, "guest")), \(count(host.online.count, "CPU")) on "
            + "\(count(host.nodes.count, "node"))"
            + (pages.isEmpty ? "" : "; \(pages)")
    }

    /// Border and words distinguish the roles too, not color alone.
    private static let style = """

        text{font-family:system-ui,'DejaVu Sans',sans-serif;font-size:12px;fill:#16202c}
        .title{font-size:20px;font-weight:bold}.head2{font-size:14px;font-weight:bold}.strong{font-weight:bold}\
        .small{font-size:11px}
        .ground{fill:#fff}.panel{fill:#f3f5f8;stroke:#8b97a6}.core{fill:none;stroke:#8b97a6}\
        .warn{font-weight:bold;fill:#a8320a}
        .end{fill:#fff;stroke:#3b4757}.way{stroke:#3b4757;stroke-width:1.5}.head{fill:#3b4757}
        .lcore{fill:#cfe1ff;stroke:#1f56b8;stroke-width:2.5}.vCPU{fill:#cdeed6;stroke:#1d7a3c;stroke-width:1.5}
        .service{fill:#ffe6b8;stroke:#9a5b00;stroke-dasharray:7 2}.housekeeping{fill:#fff;stroke:#8b97a6}
        .idle{fill:#e4e7ec;stroke:#5d6977;stroke-dasharray:2 3}
        @media (prefers-color-scheme:dark){
        text{fill:#e8edf4}.ground{fill:#12171e}.panel{fill:#1b222c;stroke:#5d6977}.core{stroke:#5d6977}\
        .warn{fill:#ffb28a}
        .end{fill:#12171e;stroke:#a9b5c4}.way{stroke:#a9b5c4}.head{fill:#a9b5c4}
        .lcore{fill:#173a72;stroke:#8db8ff}.vCPU{fill:#154a27;stroke:#7fd79a}.service{fill:#5a3a08;stroke:#f2b95a}
        .housekeeping{fill:#12171e;stroke:#5d6977}.idle{fill:#2a323d;stroke:#98a4b3}}

        """
}
