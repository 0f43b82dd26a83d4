extension Problem.Code {
    /// A file is not valid YAML.
    package static let yaml = Problem.Code("yaml")
    /// No variables of the virtio-host role were found.
    package static let noVariables = Problem.Code("no-variables")
    /// A variable has an unsupported expression.
    package static let expression = Problem.Code("expression")
    /// Files of vars_files are not read.
    package static let varsFiles = Problem.Code("vars-files")
    /// An argument was omitted.
    package static let argumentOmitted = Problem.Code("argument-omitted")
    /// A guest was renamed.
    package static let renamed = Problem.Code("renamed")
}
