import CSystemd

/// Tells the service manager about this service: `READY=1`, `STATUS=…`, `STOPPING=1` (`sd_notify(3)`). Without a manager it does nothing.
public func notify(_ state: String) {
    // The return value only says whether somebody listens; nobody does when the program is run by hand.
    _ = sd_notify(0, state)
}
