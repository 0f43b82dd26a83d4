import LabTools
import Nspawn
import Testing

/// Boots one container for all tests of a suite, and ends it, whatever their results.
struct ContainerScope: SuiteTrait, TestScoping {
    @TaskLocal private static var current: Container?
    /// What the container runs on.
    var system = ContainerRoot.units

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void)
        async throws
    {
        let progress = Progress()
        let container = try Container(on: system, progress)
        defer { container.end() }
        progress("container: booted")
        try await Self.$current.withValue(container, operation: function)
    }

    /// The container of the suite that runs.
    static func container() throws -> Container { try #require(current, "the suite has the trait .container") }
}

extension Trait where Self == ContainerScope {
    /// One container for all tests of the suite.
    static var container: Self { ContainerScope() }
    /// The same, with what DPDK and QEMU are built with.
    static var buildContainer: Self { ContainerScope(system: .builds) }
}
