extension Problem {
    /// A library that is loaded when it is first used, and the reason why it cannot be loaded
    /// (`dlerror(3)`), which names its file.
    package init(notLoaded reason: String) {
        self.init(
            .libraryMissing, "cannot load a library: \(reason)", remedy: "install the package that provides the library"
        )
    }
}
