import Diagnostics
import HelperCalls
import Libvirt
import Linux

/// What is done through libvirt for one guest. Every call blocks and opens a connection of its own,
/// so that none waits for another.
struct Hypervisor: Sendable {
    let uri: String
    let name: String

    /// What runs under the guest's name.
    enum Found: Hashable, Sendable {
        case nothing
        /// A domain of ours whose creation was interrupted.
        case unfinished
        /// A domain of ours, and how it compares with the XML of the unit.
        case ours(uuid: String, DomainRecord.Comparison)
    }

    /// Connects to libvirt. Throws `libvirt-unreachable` or `libvirt-denied`.
    func connect() throws(Problem) -> Connection {
        do {
            return try Connection(uri)
        } catch {
            throw Problem(guest: name, unreachable: uri, error)
        }
    }

    /// The connection ended while it was tried.
    var lost: Problem {
        Problem(
            .libvirtUnreachable, "guest \(name): libvirt at \(uri) closes its connections",
            remedy: "read 'journalctl -u libvirtd'")
    }

    /// Looks for the domain of the guest's name. Throws `domain-exists` when another program
    /// created it.
    func find(xml: String) throws(Problem) -> Found {
        let connection = try connect()
        do throws(LibvirtError) {
            guard let domain = try connection.domain(named: name) else { return .nothing }
            guard let known = try record(of: domain) else { throw LibvirtError(.exists, "") }
            if try !domain.isActive() { return .nothing }
            if try domain.isStartingUp() { return .unfinished }
            return .ours(uuid: domain.uuid, known.comparison(with: xml))
        } catch {
            if error.isGone { return .nothing }
            if error.kind == .exists { throw foreign }
            throw Problem(guest: name, "cannot be looked up", error)
        }
    }

    private var foreign: Problem {
        Problem(
            .domainExists, "guest \(name): a domain \(name) of another owner already exists",
            remedy: "rename the guest, or remove the domain; 'virsh list --all' lists the domains")
    }

    /// The record of a domain that is transient and carries our mark; `nil` for another's.
    private func record(of domain: LiveDomain) throws(LibvirtError) -> DomainRecord? {
        guard try !domain.isPersistent(), let element = try domain.metadata(namespace: GuestCall.domainNamespace) else {
            return nil
        }
        return DomainRecord(element: element)
    }

    /// Destroys the domain with that UUID, or of the guest's name, if it is ours. True when there
    /// was one.
    func destroyOurs(uuid: String? = nil) throws(Problem) -> Bool {
        let connection = try connect()
        do {
            guard let domain = try self.domain(uuid, on: connection), try record(of: domain) != nil else {
                return false
            }
            try domain.destroy()
            return true
        } catch {
            // It may end by itself between two calls.
            if error.isGone { return true }
            throw Problem(guest: name, "cannot be destroyed", error)
        }
    }

    private func domain(_ uuid: String?, on connection: Connection) throws(LibvirtError) -> LiveDomain? {
        if let uuid { try connection.domain(uuid: uuid) } else { try connection.domain(named: name) }
    }

    /// Whether a domain of ours runs under the guest's name.
    func isRunning() throws(Problem) -> Bool {
        if case .ours = try find(xml: "") { return true }
        return false
    }

    /// Records from what XML the domain was created, if it is ours and an earlier release created
    /// it without a record.
    func record(xml: String) throws(Problem) {
        let connection = try connect()
        do {
            guard let domain = try connection.domain(named: name), let known = try record(of: domain), known.isEmpty
            else { return }
            let element = DomainRecord.element(for: name, of: xml)
            try domain.setMetadata(element, key: "pvp", namespace: GuestCall.domainNamespace)
        } catch {
            throw Problem(guest: name, "cannot get a record of its XML", error)
        }
    }

    /// Creates the domain and gives its UUID.
    func create(xml: String) throws(Problem) -> String {
        let connection = try connect()
        do {
            return try connection.create(xml: xml).uuid
        } catch {
            throw Problem(guest: name, "cannot be created", error)
        }
    }

    /// Asks the guest to shut down; no error when it has ended.
    func shutdown(uuid: String) throws(Problem) {
        let connection = try connect()
        do {
            try connection.domain(uuid: uuid)?.shutdown()
        } catch {
            if !error.isGone { throw Problem(guest: name, "cannot be asked to shut down", error) }
        }
    }

    /// Reports the lifecycle of domains of the guest's name. libvirt's end is reported only from
    /// `alarm.arm()` on.
    func watch(_ alarm: Alarm, _ post: @escaping @Sendable (GuestLifecycle.Input) -> Void) throws(Problem)
        -> LifecycleWatch
    {
        let connection = try connect()
        do {
            return try LifecycleWatch(
                connection,
                onEvent: { [name] in if $0.name == name { post(.event($0.event, uuid: $0.uuid)) } },
                onClose: { if alarm.ring() { post(.connectionLost) } }
            )
        } catch {
            throw Problem(guest: name, "cannot be watched", error)
        }
    }

    /// What can be seen of a domain from outside.
    struct DomainInfo: Hashable, Sendable {
        /// Whether it runs; paused counts.
        var isActive = false
        /// Whether its CPUs stand still.
        var isPaused = false
        /// Whether its agent is connected.
        var hasAgent = false
    }

    /// Looks at the domain with that UUID.
    func info(uuid: String) throws(Problem) -> DomainInfo {
        let connection = try connect()
        do {
            guard let domain = try connection.domain(uuid: uuid), try domain.isActive() else { return DomainInfo() }
            let xml = try domain.xml()
            return DomainInfo(
                isActive: true, isPaused: try domain.isPaused(), hasAgent: (try? DomainXML(xml))?.hasAgent ?? false)
        } catch {
            throw Problem(guest: name, "cannot be looked up", error)
        }
    }

    /// Opens the guest's serial console. Throws `guest` when another client has it open.
    func openConsole(pipe: Descriptor, onEnd: @escaping @Sendable () -> Void) throws(Problem) -> SerialConsole? {
        let connection = try connect()
        do {
            guard let domain = try connection.domain(named: name) else { return nil }
            return try SerialConsole(domain, on: connection, pipe: pipe, onEnd: onEnd)
        } catch {
            throw Problem(guest: name, "has a console that cannot be opened", error)
        }
    }
}
