import Testing

/// Gives a suite one libvirt for all its tests.
struct WithPrivateLibvirt: SuiteTrait, TestScoping {
    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void)
        async throws
    {
        let libvirt = try PrivateLibvirt()
        let result: Result<Void, any Error>
        do {
            result = .success(try await PrivateLibvirt.$current.withValue(libvirt, operation: function))
        } catch {
            result = .failure(error)
        }
        try libvirt.remove()
        try result.get()
    }
}
