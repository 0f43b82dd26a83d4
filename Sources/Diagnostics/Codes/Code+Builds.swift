extension Problem.Code {
    /// The project of a build is not known, or is another one.
    package static let buildProject = Problem.Code("build-project")
    /// The source of a build is not given, cannot be read, or is not a source.
    package static let buildSource = Problem.Code("build-source")
    /// The checksum of a source is missing or different.
    package static let buildChecksum = Problem.Code("build-checksum")
    /// The release of a build is too old.
    package static let buildVersion = Problem.Code("build-version")
    /// The drivers of a build are wrong or were not built.
    package static let buildDrivers = Problem.Code("build-drivers")
    /// Build= and another setting name a program each.
    package static let buildConflict = Problem.Code("build-conflict")
    /// No build has this name.
    package static let buildUnknown = Problem.Code("build-unknown")
    /// A build that is used does not exist.
    package static let buildMissing = Problem.Code("build-missing")
    /// A patch cannot be read or does not apply.
    package static let buildPatch = Problem.Code("build-patch")
    /// Programs or libraries for a build are missing.
    package static let buildTools = Problem.Code("build-tools")
    /// The instruction set is not known, or the CPU lacks a part of it.
    package static let buildInstructionSet = Problem.Code("build-instruction-set")
    /// A build has failed.
    package static let buildFailed = Problem.Code("build-failed")
    /// The files of builds cannot be accessed.
    package static let buildState = Problem.Code("build-state")
    /// The result of a build is damaged or another one.
    package static let buildResult = Problem.Code("build-result")
    /// The result of a build is in use.
    package static let buildInUse = Problem.Code("build-in-use")
    /// Libraries that the result of a build requires are missing.
    package static let buildLibraries = Problem.Code("build-libraries")
}
