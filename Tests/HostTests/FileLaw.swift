import BootLoader
import Diagnostics
import Foundation
import Installation
import Linux
import TestSupport
import Testing

/// Files of the boot loader and of AppArmor, which module Installation writes: the manifest is the
/// record of the claim.
enum FileLaw {
    private static let arguments = ["isolcpus=1-3"]
    private static let owned = "/etc/default/grub.d/60-pvpgen.cfg"
    private static let entry = "/boot/loader/entries/id-6.1.conf"
    private static let local = "/etc/apparmor.d/local/abstractions/libvirt-qemu"

    /// A file; `content` is what is in it before, `nil` for none.
    private static func host(
        _ path: String, _ content: String?, change: String?, _ claim: @escaping (inout InstallPlan, Root) throws -> Void
    ) throws -> LawTests.Host {
        let tree = try Tree(content.map { [path: $0] } ?? [:])
        try tree.write("/boot/grub2/grub.cfg", "")
        func run(_ body: (inout InstallPlan) throws -> Void) throws {
            var plan = InstallPlan(on: tree.root, after: try Manifest.read(from: tree.root), force: false)
            try body(&plan)
            try plan.removeObsolete()
            try plan.finish()
            try Transaction(plan.changes).run(in: tree.root) { _ throws(Problem) in }
        }
        return LawTests.Host {
            guard tree.root.exists(path) else { return "no file" }
            return try tree.text(path).split(separator: "\n").map { "'\($0)'" }.joined(separator: " ")
        } claim: {
            try run { plan in
                plan.manifest.arguments = arguments
                try claim(&plan, tree.root)
            }
        } change: {
            if let change { try tree.write(path, String(decoding: tree.root.bytes(path), as: UTF8.self) + change) }
        } release: {
            do {
                try run { $0.manifest.arguments = [] }
                return []
            } catch let problem as Problem {
                return [problem.line]
            }
        }
    }

    private static func own(_ change: String? = nil) throws -> LawTests.Host {
        try host(owned, nil, change: change) { plan, _ in
            try plan.own(owned, Array("ours\n".utf8), isForBootLoader: true)
        }
    }

    private static func share(_ change: String? = nil) throws -> LawTests.Host {
        try host(entry, "linux /v\noptions quiet\n", change: change) { plan, root in
            for file in try BootLoader.grubBLS.steps(arguments, in: root).shared where file.path == entry {
                try plan.share(file, arguments)
            }
        }
    }

    private static func lines(_ content: String?, _ change: String? = nil) throws -> LawTests.Host {
        try host(local, content, change: change) { plan, _ in try plan.share(local, lines: ["ours r,"]) }
    }

    static let cases: [LawTests.Case] = [
        .init("boot loader: file of its own") { try own() },
        .init("boot loader: file of its own", change: "adds a line", after: "'ours' 'theirs'") { try own("theirs\n") },
        .init("boot loader: entry") { try share() },
        .init(
            "boot loader: entry", change: "adds a line", after: "'linux /v' 'options quiet' 'initrd /x'",
            isReported: false
        ) {
            try share("initrd /x\n")
        },
        .init("AppArmor: local rules") { try lines("theirs r,\n") },
        .init("AppArmor: local rules", change: "adds a rule", after: "'theirs r,' 'more r,'", isReported: false) {
            try lines("theirs r,\n", "more r,\n")
        },
        .init("AppArmor: no local rules") { try lines(nil) },
        .init("AppArmor: no local rules", change: "adds a rule", after: "'more r,'", isReported: false) {
            try lines(nil, "more r,\n")
        },
    ]
}
