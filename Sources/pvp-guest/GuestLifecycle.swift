import Libvirt
import Values

/// The lifecycle of one guest as a state machine: inputs report what happened, the returned actions
/// are carried out by `Runner`.
struct GuestLifecycle: Sendable {
    enum Phase: Hashable {
        /// libvirt is asked whether the guest runs already.
        case searching
        /// A domain with other XML is asked to shut down; it is then created from the XML of the
        /// unit.
        case replacing
        /// That domain did not shut down, and is destroyed.
        case evicting
        /// The domain is being created.
        case creating
        /// The creation is under way and its end is wanted; then exit with the code.
        case cancelling(Int32)
        /// The domain exists.
        case running
        /// The guest is asked to shut down.
        case stopping
        /// The last destroy is under way; then exit with the code.
        case removing(Int32)
    }

    /// Seconds between two requests to shut down: a guest that is still booting ignores the ACPI
    /// button.
    static let shutdownInterval = 10
    /// Seconds that libvirt has to destroy a domain: it gives an emulator up to 40 to end.
    static let destroyTimeout = 45

    let name: String
    let stopTimeout: Int
    let createTimeout: Int
    let startTimeout: Int
    let readyWhen: ReadyWhen
    /// The state of the guest, as `systemctl status` prints it.
    var state = "running"
    var isReady = false
    /// The disk and the error that paused the guest.
    var diskError: String?
    /// Whether a disk error has paused the guest.
    var isPausedByError = false
    var phase = Phase.searching
    /// The UUID of the domain; empty until it is known.
    var uuid = ""
    /// Whether an earlier pvp-guest created the domain.
    var isAdopted = false
    /// Whether the guest is to be shut down although it is not known yet whether it runs.
    var isUnwanted: Bool
    /// Whether the connection to libvirt was lost before the creation returned.
    var isLost = false
    /// Events that came before the creation returned, from the last start on.
    var earlyEvents: [(event: LifecycleEvent, uuid: String)] = []

    /// The exit status for a guest that did not become ready: systemd does not retry that.
    static let notReady: Int32 = 3

    init(
        name: String, createTimeout: Int, stopTimeout: Int, startTimeout: Int = 180, readyWhen: ReadyWhen = .running,
        isUnwanted: Bool = false
    ) {
        self.name = name
        self.createTimeout = createTimeout
        self.stopTimeout = stopTimeout
        self.startTimeout = startTimeout
        self.readyWhen = readyWhen
        self.isUnwanted = isUnwanted
    }
}
