/// A section with settings that need no planning, or the plan for one, which has them as they are.
/// It is public, because only then does the compiler inline the subscript in other modules, where
/// nothing of the key path is left.
@dynamicMemberLookup
public protocol OptionHolder {
    associatedtype Options: Hashable & Sendable
    /// The values of these settings.
    var options: Options { get set }
}

extension OptionHolder {
    /// The value of an option, as if it were a property.
    @inlinable public subscript<Value>(dynamicMember path: WritableKeyPath<Options, Value>) -> Value {
        get { options[keyPath: path] }
        set { options[keyPath: path] = newValue }
    }
}

/// A section with settings that need no planning.
package protocol OptionSection: ConfigSection, OptionHolder {}

extension OptionSection {
    /// Each setting of the section that needs no planning, in the order of the documentation.
    package static func values(of options: Options) -> [OptionValue] {
        var section = Self()
        section.options = options
        return settings.compactMap { setting in
            guard let option = setting.option else { return nil }
            let value = option(section)
            return OptionValue(
                key: setting.key, value: value, unit: setting.type().unit, isDefault: value == option(Self()))
        }
    }
}
