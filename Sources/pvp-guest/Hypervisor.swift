import Diagnostics
import Libvirt
import Linux

/// What is done through libvirt for one guest. Every call blocks and opens a connection of its own, so that none waits for another.
struct Hypervisor: Sendable {
    let uri: String
    let name: String

    /// What was there under the guest's name.
    enum Found: Hashable, Sendable {
        case nothing
        /// A domain of ours; it is destroyed now.
        case ours
        /// A domain that somebody else made.
        case foreign
    }

    /// Connects to libvirt. Throws `libvirt-unreachable` or `libvirt-denied`.
    func connect() throws(Problem) -> Connection {
        do {
            return try Connection(uri)
        } catch {
            throw Problem(guest: name, unreachable: uri, error)
        }
    }

    /// Destroys the domain of the guest's name if it is transient and carries our mark.
    func destroyOurs() throws(Problem) -> Found {
        let connection = try connect()
        do {
            guard let domain = try connection.domain(named: name) else { return .nothing }
            guard try !domain.isPersistent(), try domain.metadata(namespace: DomainXML.namespace) != nil else { return .foreign }
            try domain.destroy()
            return .ours
        } catch {
            // It may end by itself between two calls.
            if error.isGone { return .ours }
            throw Problem(guest: name, "cannot be destroyed", error)
        }
    }

    /// Makes room: takes a leftover of ours away, and refuses when the name is somebody else's. Throws `domain-foreign`. True when there was one.
    func clear() throws(Problem) -> Bool {
        switch try destroyOurs() {
        case .nothing: return false
        case .ours: return true
        case .foreign:
            throw Problem(
                "domain-foreign",
                "guest \(name): a domain \(name) that pvpgen did not make is there",
                remedy: "rename the guest or remove that domain: virsh list --all"
            )
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
    func shutdown() throws(Problem) {
        let connection = try connect()
        do {
            try connection.domain(named: name)?.shutdown()
        } catch {
            if !error.isGone { throw Problem(guest: name, "cannot be asked to shut down", error) }
        }
    }

    /// Tells of the lifecycle of domains of the guest's name, and of libvirt's end.
    func watch(_ post: @escaping @Sendable (GuestLife.Input) -> Void) throws(Problem) -> LifecycleWatch {
        let connection = try connect()
        do {
            return try LifecycleWatch(
                connection,
                onEvent: { [name] in if $0.name == name { post(.event($0.event, uuid: $0.uuid)) } },
                onClose: { post(.connectionLost) }
            )
        } catch {
            throw Problem(guest: name, "cannot be watched", error)
        }
    }

    /// What can be seen of a domain from outside.
    struct Look: Hashable, Sendable {
        /// Whether it runs; paused counts.
        var isActive = false
        /// Whether its CPUs stand still.
        var isPaused = false
        /// Whether its agent is there.
        var hasAgent = false
    }

    /// Looks at the domain with that UUID.
    func look(uuid: String) throws(Problem) -> Look {
        let connection = try connect()
        do {
            guard let domain = try connection.domain(uuid: uuid), try domain.isActive() else { return Look() }
            return Look(isActive: true, isPaused: try domain.isPaused(), hasAgent: DomainXML(try domain.xml()).hasAgent)
        } catch {
            throw Problem(guest: name, "cannot be looked up", error)
        }
    }

    /// Opens the guest's serial console. Throws `guest` when somebody else has it open.
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
