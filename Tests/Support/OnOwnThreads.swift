import Linux
package import Testing

/// Runs the tests of a suite on a few threads of their own. They wait for guests, servers and
/// terminals most of the time, and those of Swift's pool, as many as the machine has CPUs, are for
/// tests that compute.
package struct OnOwnThreads: SuiteTrait, TestTrait, TestScoping {
    package let isRecursive = true
    /// Of all suites together: a guest without KVM boots on a whole CPU.
    private static let threads = TestThreads(count: 8)

    package init() {}

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    )
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
