import Linux
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

/// Runs the tests of a suite on a few threads of their own. They wait for guests most of the time,
/// and those of Swift's pool, as many as the machine has CPUs, are for tests that compute.
struct OnOwnThreads: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true
    /// Of all suites together: a guest without KVM boots on a whole CPU.
    private static let threads = TestThreads(count: 6)

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void)
        async throws
    {
        try await withTaskExecutorPreference(Self.threads) { try await function() }
    }
}

private final class TestThreads: TaskExecutor {
    private let jobs = BlockingQueue<UnownedJob>()

    init(count: Int) {
        for _ in 0..<count {
            DetachedThread.start { [self] in
                while true { jobs.next().runSynchronously(on: asUnownedTaskExecutor()) }
            }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { jobs.post(UnownedJob(job)) }
}
