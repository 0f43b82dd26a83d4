/// A method of an object on the bus.
struct BusMethod: Hashable {
    var destination = Self.systemd
    var path = Self.root
    var interface = Self.manager
    var member: String
    /// What it is for, in front of a message about its failure.
    var subject: String

    /// A method of systemd's manager (`org.freedesktop.systemd1(5)`).
    static func manager(_ member: String, for subject: String? = nil) -> BusMethod {
        BusMethod(member: member, subject: subject.map { "\($0): \(member)" } ?? member)
    }

    /// All properties of a unit or of another object, whatever interface they are of.
    static func properties(at path: String, for subject: String) -> BusMethod {
        BusMethod(path: path, interface: properties, member: "GetAll", subject: subject)
    }

    /// One property of a unit or of another object; its arguments are an interface and a name.
    static func property(at path: String, for subject: String) -> BusMethod {
        BusMethod(path: path, interface: properties, member: "Get", subject: subject)
    }

    /// systemd's name on the bus.
    static let systemd = "org.freedesktop.systemd1"
    /// The path of its manager.
    static let root = "/org/freedesktop/systemd1"
    /// The interface of its manager.
    static let manager = "org.freedesktop.systemd1.Manager"
    /// The interface that all units have.
    static let unit = "org.freedesktop.systemd1.Unit"
    /// D-Bus's interface of properties.
    static let properties = "org.freedesktop.DBus.Properties"
}
