import Diagnostics
import Libvirt
import Linux
import Values

/// What goes into the state machine and what comes out of it.
extension GuestLifecycle {
    /// Something that happened.
    enum Input: Hashable, Sendable {
        /// No domain of our name runs.
        case vacant
        /// A domain of ours runs with this UUID, and how it compares with the XML of the unit.
        case found(uuid: String, DomainRecord.Comparison)
        /// The domain was created, and has this UUID.
        case created(uuid: String)
        /// The domain could not be created.
        case creationFailed(Problem)
        /// The timeout of the creation has expired; these sockets have no client.
        case createTimeout(unconnected: [String])
        /// The condition of READY=1 is met.
        case ready
        /// The timeout until READY=1 has expired: these sockets have no client, and this was the
        /// last status.
        case startTimeout(unconnected: [String], seen: String)
        /// SIGTERM.
        case terminate
        /// SIGUSR1: the unit is restarted, and the guest goes on.
        case leave
        /// libvirt reports a domain of our name.
        case event(LifecycleEvent, uuid: String)
        /// The request to shut down is to be repeated.
        case retryShutdown
        /// libvirt refused the request to shut down.
        case shutdownFailed(Problem)
        /// The timeout of the shutdown has expired.
        case stopTimeout
        /// The timeout of the shutdown of a domain with other XML has expired.
        case replaceTimeout
        /// The domain was destroyed, or did not exist.
        case destroyed
        /// The domain could not be destroyed.
        case destroyFailed(Problem)
        /// What a creation in progress may have created is to be destroyed again.
        case retryDestroy
        /// The timeout of destroying a domain has expired.
        case giveUp
        /// libvirt did not report in time whether the guest that is to be shut down runs.
        case searchTimeout
        /// The connection to libvirt was lost.
        case connectionLost
        /// libvirt is connected again; whether the domain still runs.
        case reconnected(running: Bool)
        /// libvirt has not been reachable for long; the attempts go on.
        case reconnectFailed(Problem)
    }

    /// Something to do.
    enum Action: Hashable, Sendable {
        case notify(String)
        case log(Log.Level, String)
        case after(seconds: Int, Input)
        /// Create the domain, within the limit for it.
        case create
        /// Start the timeout until the guest is ready.
        case limitStart
        /// Wait for the condition of READY=1.
        case watch(ReadyWhen)
        case shutdown
        case destroy
        case reconnect(uuid: String)
        case exit(Int32)
    }
}
