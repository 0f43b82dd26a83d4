extension Problem.Code {
    /// The editor of a configuration file failed.
    package static let editorFailed = Problem.Code("editor-failed")
    /// No configuration file exists.
    package static let noConfig = Problem.Code("no-config")
    /// A configuration file cannot be read.
    package static let configUnreadable = Problem.Code("config-unreadable")
    /// A line of a configuration file has no valid syntax.
    package static let syntax = Problem.Code("syntax")
    /// A section name is unknown.
    package static let unknownSection = Problem.Code("unknown-section")
    /// A key is unknown in its section.
    package static let unknownKey = Problem.Code("unknown-key")
    /// A value is not of the expected type.
    package static let value = Problem.Code("value")
    /// A name is used twice.
    package static let nameTwice = Problem.Code("name-twice")
    /// A section for hosts is used with Role=guest.
    package static let roleGuest = Problem.Code("role-guest")
    /// A value cannot be written to a unit file.
    package static let unitValue = Problem.Code("unit-value")
    /// More errors were found than are shown.
    package static let tooMany = Problem.Code("too-many")
    /// The argument of pvpgen explain is unknown.
    package static let unknownSetting = Problem.Code("unknown-setting")
    /// The plan has no unit of that name.
    package static let unknownUnit = Problem.Code("unknown-unit")
    /// The plan has no testpmd of that name.
    package static let unknownTestpmd = Problem.Code("unknown-testpmd")
    /// The plan has no guest of that name.
    package static let unknownGuest = Problem.Code("unknown-guest")
}
