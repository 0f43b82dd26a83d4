import CYAML
import Diagnostics

/// The functions of libyaml, for use after ``loadYAML()``.
var yaml: yaml_functions { yaml_loaded().pointee }

/// Loads libyaml unless it is loaded already. Throws `library-missing`.
func loadYAML() throws(Problem) {
    if let reason = yaml_load() { throw Problem(notLoaded: String(cString: reason)) }
}
