import CZeroMQ
import Diagnostics

/// The functions of libzmq, for use after ``loadZeroMQ()``.
var zeromq: zeromq_functions { zeromq_loaded().pointee }

/// Loads libzmq unless it is loaded already. Throws `library-missing`.
func loadZeroMQ() throws(Problem) {
    if let reason = zeromq_load() { throw Problem(notLoaded: String(cString: reason)) }
}
