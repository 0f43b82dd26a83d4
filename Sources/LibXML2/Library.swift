import CLibXML2
import Diagnostics

/// The functions of libxml2, for use after ``loadXML()``.
var xml: xml_functions { xml_loaded().pointee }

/// Loads libxml2 unless it is loaded already. Throws `library-missing`.
func loadXML() throws(Problem) {
    if let reason = xml_load() { throw Problem(notLoaded: String(cString: reason)) }
    // Before threads use it (libxml2: threads).
    xml.xmlInitParser()
}
