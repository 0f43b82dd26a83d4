/// The value of a setting without its type in Swift: JSON, tables and reports write it.
package enum SettingValue: Hashable, Sendable {
    /// The setting is not set and has no default.
    case none
    case bool(Bool)
    case number(UInt64)
    case text(String)
    case list([SettingValue])

    /// The value as people read it; a list has spaces between its values.
    package var text: String {
        switch self {
        case .none: "not set"
        case .bool(let value): value ? "yes" : "no"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .list(let values): values.isEmpty ? "not set" : values.map(\.text).joined(separator: " ")
        }
    }
}

/// A type of the values of options.
package protocol SettingConvertible: Hashable, Sendable {
    /// The value without its type.
    var settingValue: SettingValue { get }
}

extension Bool: SettingConvertible {
    package var settingValue: SettingValue { .bool(self) }
}

extension Int: SettingConvertible {
    package var settingValue: SettingValue { .number(UInt64(clamping: self)) }
}

extension String: SettingConvertible {
    package var settingValue: SettingValue { .text(self) }
}

extension Array: SettingConvertible where Element: SettingConvertible {
    package var settingValue: SettingValue { .list(map(\.settingValue)) }
}

extension Optional: SettingConvertible where Wrapped: SettingConvertible {
    package var settingValue: SettingValue { self?.settingValue ?? .none }
}

extension SettingConvertible where Self: RawRepresentable, RawValue == String {
    package var settingValue: SettingValue { .text(rawValue) }
}
