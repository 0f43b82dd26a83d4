import Glibc

/// Threads that are never joined (`pthread_detach(3)`).
package enum DetachedThread {
    /// Runs `body` on a new thread, or at once on this one when the kernel provides none: late is
    /// better than never.
    package static func start(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { box in
                if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        if result == 0 { pthread_detach(thread) } else { box.takeRetainedValue().run() }
    }

    /// Carries the closure through the `void *` of `pthread_create(3)`.
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
