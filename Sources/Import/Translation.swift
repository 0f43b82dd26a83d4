import Config
package import Diagnostics
import Values

/// The `pvp.conf` that does what the variables of the role did, and what became of each of them. A
/// pure function of the files.
package struct Translation: Sendable {
    /// The configuration's text.
    package private(set) var text = ""
    /// What became of each variable, in the order of the files; of one that is set again only the
    /// last.
    package private(set) var findings: [ImportFinding] = []
    /// What is wrong: with an error in it there is no configuration.
    package private(set) var problems: [Problem] = []

    private var variables: [String: Variable] = [:]
    private var host: [String] = []
    private var hugepages: [String] = []
    private var nics: [String] = []
    private var testpmd: [String] = []
    private var guest: [String] = []

    /// The role's own values of what a configuration needs.
    static let defaults: [Variable] = [
        Variable("nics", .list(["0000:04:00.0", "0000:04:00.1"])),
        Variable(
            "cmdline_options",
            .text(
                "intel_pstate=disable mce=ignore_ce default_hugepagesz=1G hugepagesz=1G hugepages=6 isolcpus=2-7 "
                    + "rcu_nocbs=2-7 nohz_full=2-7 iommu=pt intel_iommu=on")),
        Variable("guest_name", .text("rhel8-bench")),
        Variable("local_image_file", .text("/var/lib/libvirt/images/rhel-guest-image-8.0.0.x86_64.qcow2")),
    ]

    /// What the role has fixed and the plan works out, for those who repeat an old measurement.
    package static let fixed = """
        fixed in the role: lcores 2-5, vCPUs on 0, 6 and 7, rings of 256 descriptors; here the plan chooses CPUs on \
        the NICs' node, and rings have 1024; \
        for the old ones set [Testpmd] CPUs=, [Guest] CPUs= and RingSize=256
        """

    /// Takes the variables of all files; of one that is set twice the later counts.
    package init(_ files: [VariableFile]) {
        problems = files.flatMap(\.problems)
        let all = files.flatMap(\.variables)
        for variable in Self.defaults + all where variable.role == .host { variables[variable.name] = variable }
        guard
            files.contains(where: \.namesRole)
                || all.contains(where: { ImportTarget.all[.host]?[$0.name] != nil && $0.role == .host })
        else {
            problems.append(
                Problem(
                    .noVariables, "expected variables of the virtio-host role, found none",
                    remedy: "name the playbook or vars file that sets nics, local_image_file or another of them"))
            findings = all.map { ImportFinding(variable: $0.name, outcome: outcome($0), location: $0.location) }
            return
        }
        // The last of each name and role, at its place in the order.
        var last: [String: Int] = [:]
        for (index, variable) in all.enumerated() { last["\(variable.role) \(variable.name)"] = index }
        let given = Set(all.filter { $0.role == .host }.map(\.name))
        for (index, variable) in all.enumerated() where last["\(variable.role) \(variable.name)"] == index {
            translate(variable)
        }
        for variable in Self.defaults where !given.contains(variable.name) {
            // An image that is fetched has a place of its own.
            if variable.name == "local_image_file", isFetched { continue }
            translate(variable)
        }
        write(Array(Set(all.compactMap(\.location?.file))).sorted())
        check()
    }

    private mutating func translate(_ variable: Variable) {
        findings.append(ImportFinding(variable: variable.name, outcome: outcome(variable), location: variable.location))
        guard let target = ImportTarget.of(variable.name, role: variable.role) else { return }
        let settings: [String]
        switch target {
        case .nowhere: return
        case .nics: settings = addNICs(variable)
        case .kernelArguments: settings = addKernelArguments(variable)
        case .setting(let section, let key): settings = add(key, of: section, variable)
        }
        if settings.isEmpty { findings.removeLast() } else { findings[findings.count - 1].outcome = .placed(settings) }
    }

    private func outcome(_ variable: Variable) -> ImportFinding.Outcome {
        switch ImportTarget.of(variable.name, role: variable.role) {
        case nil where used(by: variable.name): .placed(["the variables that refer to it"])
        case nil: .unknown
        case .some(.nowhere(let why, let instead)): .left(why: why, instead: instead)
        case .some: .placed([])
        }
    }

    private func used(by name: String) -> Bool {
        variables.values.contains { other in
            switch other.value {
            case .text(let text): Jinja.names(in: text).contains(name)
            case .list(let texts): texts.contains { Jinja.names(in: $0).contains(name) }
            case .other: false
            }
        }
    }

    private mutating func addNICs(_ variable: Variable) -> [String] {
        let addresses: [String] =
            switch variable.value {
            case .list(let items): items.compactMap { resolve($0, variable) }
            case .text(let text) where Jinja.onlyName(text) != nil: resolveList(text, variable)
            case .text(let text): text.split { $0 == "," || $0 == " " }.map(String.init)
            case .other: []
            }
        if addresses.isEmpty { refuse(variable, "a list of PCI addresses such as \"0000:17:00.0\"") }
        nics += addresses
        return addresses.map { "[NIC] PCIAddress=\($0)" }
    }

    /// `nics: "{{ my_nics }}"`
    private mutating func resolveList(_ text: String, _ variable: Variable) -> [String] {
        guard let name = Jinja.onlyName(text), let other = variables[name], other.name != variable.name else {
            return []
        }
        switch other.value {
        case .list(let items): return items.compactMap { resolve($0, other) }
        case .text(let text): return resolve(text, other).map { [$0] } ?? []
        case .other: return []
        }
    }

    private mutating func addKernelArguments(_ variable: Variable) -> [String] {
        guard let text = self.text(of: variable) else { return [] }
        let line = KernelCommandLine(text)
        var settings: [String] = []
        func take(_ key: String, _ value: String?, in section: String, to lines: inout [String]) {
            guard let value, !value.isEmpty else { return }
            lines.append("\(key)=\(value)")
            settings.append("[\(section)] \(key)=\(value)")
        }
        take("IsolatedCPUs", line.isolatedCPUs, in: "Host", to: &host)
        take("KernelArguments", line.others.joined(separator: " "), in: "Host", to: &host)
        take("PageSize", line.pageSize, in: "Hugepages", to: &hugepages)
        take("Pages", line.pages, in: "Hugepages", to: &hugepages)
        if !line.derived.isEmpty { settings.append("computed by the plan: " + line.derived.joined(separator: " ")) }
        for (argument, why) in line.left {
            problems.append(
                Problem(
                    .argumentOmitted, "\(variable.name): '\(argument)' has no counterpart, ignoring", remedy: why,
                    severity: .warning,
                    at: variable.location)
            )
        }
        return settings.isEmpty ? ["nothing: it is empty"] : settings
    }

    /// Whether the role fetched the image; `local_image_file` is then the path of the download.
    private var isFetched: Bool {
        if case .text(let text)? = variables["remote_image"]?.value { !text.isEmpty } else { false }
    }

    private mutating func add(_ key: String, of section: String, _ variable: Variable) -> [String] {
        guard var value = text(of: variable), !value.isEmpty else { return ["nothing: it is empty"] }
        if variable.name == "guest_pubkey" { return addKey(value, variable) }
        let key = variable.name == "local_image_file" && isFetched ? "ImageFile" : key
        if section == "Guest", key == "Name", !Self.isName(value) {
            let name = Self.name(from: value)
            problems.append(
                Problem(
                    .renamed, "guest_name: '\(value)' is not a valid name for a unit, using another",
                    remedy: "the guest is called \(name) now", severity: .warning,
                    at: variable.location))
            value = name
        }
        if section == "Guest" { guest.append("\(key)=\(value)") } else { testpmd.append("\(key)=\(value)") }
        return ["[\(section)] \(key)=\(value)"]
    }

    /// The role put the key in with virt-sysprep, which also took cloud-init out.
    private mutating func addKey(_ value: String, _ variable: Variable) -> [String] {
        var path = value
        if !value.hasPrefix("/") {
            path = "/etc/pvpgen/\(value.split(separator: "/").last ?? "key.pub")"
            problems.append(
                Problem(
                    .keyRemote, "guest_pubkey '\(value)' is a path where Ansible runs",
                    remedy: "copy that file to \(path) on this host",
                    severity: .warning, at: variable.location))
        }
        let lines = ["SSHKey=\(path)", "Prepare=sysprep", "Uninstall=cloud-init"]
        guest += lines
        return lines.map { "[Guest] \($0)" }
    }

    private static func isName(_ text: String) -> Bool { name(from: text) == text }

    /// Lower case, with '-' for what a name cannot have.
    private static func name(from text: String) -> String {
        let clean = text.lowercased().utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): byte
            default: UInt8(ascii: "-")
            }
        }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let start = clean.first.map { letters.contains($0) } ?? false ? "" : "guest-"
        return String(decoding: (Array(start.utf8) + clean).prefix(32), as: UTF8.self)
    }

    private mutating func text(of variable: Variable) -> String? {
        switch variable.value {
        case .text(let text): return resolve(text, variable)
        case .list(let items): return items.count == 1 ? resolve(items[0], variable) : refuse(variable, "one text")
        case .other: return refuse(variable, "one text, in quotes if it starts with '{'")
        }
    }

    private mutating func resolve(_ text: String, _ variable: Variable) -> String? {
        let (resolved, unresolved) = Jinja.resolve(text, with: variables)
        guard unresolved.isEmpty else {
            problems.append(
                Problem(
                    .expression,
                    "\(variable.name): expression is unsupported outside of Ansible: "
                        + "\(unresolved.joined(separator: ", "))",
                    remedy: "replace the expression by its value", at: variable.location))
            return nil
        }
        guard !resolved.hasControlCharacters else {
            return refuse(variable, "one line without control characters")
        }
        return resolved
    }

    @discardableResult private mutating func refuse(_ variable: Variable, _ expected: String) -> String? {
        problems.append(
            Problem(
                .value, "\(variable.name): expected \(expected), got another value", remedy: "correct it",
                at: variable.location))
        return nil
    }

    private mutating func write(_ files: [String]) {
        // A file's name must not end the comment.
        let names = files.joined(separator: ", ").utf8.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }
        text = "# Written by pvpgen import\(names.isEmpty ? "" : " from ")\(String(decoding: names, as: UTF8.self)).\n"
        func section(_ title: String, _ lines: [String]) { text += "\n[\(title)]\n" + lines.map { $0 + "\n" }.joined() }
        if !host.isEmpty { section("Host", host) }
        if !hugepages.isEmpty { section("Hugepages", hugepages) }
        for nic in nics { section("NIC", ["PCIAddress=\(nic)"]) }
        section("Testpmd", testpmd)
        section("Guest", guest)
    }

    /// What is printed is what our own parser takes.
    private mutating func check() {
        let file = ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))
        for problem in Config.parse([file]).problems {
            problems.append(
                Problem(
                    problem.code, "translated variables: " + problem.message, remedy: "correct the variable",
                    at: problem.location))
        }
    }
}
