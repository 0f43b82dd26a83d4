extension Problem.Code {
    /// No supported boot loader was found.
    package static let bootLoader = Problem.Code("boot-loader")
    /// Several boot loaders were found.
    package static let bootLoaderAmbiguous = Problem.Code("boot-loader-ambiguous")
    /// The given boot loader was not found.
    package static let bootLoaderMissing = Problem.Code("boot-loader-missing")
    /// The boot loader addon cannot be read.
    package static let addonMissing = Problem.Code("addon-missing")
    /// The boot loader addon cannot be signed.
    package static let secureBoot = Problem.Code("secure-boot")
    /// An installed file was changed.
    package static let fileChanged = Problem.Code("file-changed")
    /// A file was changed during the installation.
    package static let fileChanging = Problem.Code("file-changing")
    /// A saved file would be overwritten.
    package static let fileSaved = Problem.Code("file-saved")
    /// The output file already exists.
    package static let fileExists = Problem.Code("file-exists")
    /// Another installation was interrupted.
    package static let transactionOpen = Problem.Code("transaction-open")
    /// The journal of an interrupted installation is invalid.
    package static let journalBroken = Problem.Code("journal-broken")
    /// The record of the installation is invalid.
    package static let manifestBroken = Problem.Code("manifest-broken")
    /// The installation cannot be locked.
    package static let notLocked = Problem.Code("not-locked")
    /// A command of the installation failed.
    package static let commandFailed = Problem.Code("command-failed")
    /// A unit cannot be stopped.
    package static let unitNotStopped = Problem.Code("unit-not-stopped")
    /// A directory cannot be removed.
    package static let notRemoved = Problem.Code("not-removed")
}
