extension Problem.Code {
    /// The ports of a generator do not fit to what it measures.
    package static let generatorPorts = Problem.Code("generator-ports")
    /// A generator has no testpmd that it can measure.
    package static let generatorTestpmd = Problem.Code("generator-testpmd")
    /// A setting does not belong to the kind of generator.
    package static let generatorSetting = Problem.Code("generator-setting")
    /// No generator is configured.
    package static let generatorMissing = Problem.Code("generator-missing")
    /// A generator did not start.
    package static let generatorFailed = Problem.Code("generator-failed")
    /// The chain cannot be measured as it is.
    package static let chainNotReady = Problem.Code("chain-not-ready")
    /// Frames do not cross the chain.
    package static let pathBroken = Problem.Code("path-broken")
    /// A signal ended a measurement.
    package static let interrupted = Problem.Code("interrupted")
    /// A result was not written.
    package static let resultNotWritten = Problem.Code("result-not-written")
}
