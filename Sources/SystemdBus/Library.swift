import CSystemd
import Diagnostics

/// The functions of libsystemd, for use after ``loadSystemd()``.
var systemd: systemd_functions { systemd_loaded().pointee }

/// Loads libsystemd unless it is loaded already. Throws `library-missing`.
func loadSystemd() throws(Problem) {
    if let reason = systemd_load() { throw Problem(notLoaded: String(cString: reason)) }
}
