extension Problem.Code {
    /// A file is not a result of pvpgen.
    package static let resultSchema = Problem.Code("result-schema")
    /// The result of a measurement is malformed.
    package static let resultMalformed = Problem.Code("result-malformed")
}
