extension Problem.Code {
    /// The address of TRex is invalid.
    package static let trexAddress = Problem.Code("trex-address")
    /// TRex does not answer.
    package static let trexSilent = Problem.Code("trex-silent")
    /// TRex answers in another form than its protocol has.
    package static let trexMalformed = Problem.Code("trex-malformed")
    /// TRex refuses a command.
    package static let trexRefused = Problem.Code("trex-refused")
    /// The version of TRex is not supported.
    package static let trexVersion = Problem.Code("trex-version")
    /// A port of TRex is in use by another client.
    package static let trexBusy = Problem.Code("trex-busy")
}
