import Glibc

/// Messages for the one thread that decides, from all those that wait for something.
package final class BlockingQueue<Message: Sendable>: @unchecked Sendable {
    private var messages: [Message] = []
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(filled, nil)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(mutex)
        filled.deallocate()
        mutex.deallocate()
    }

    /// Puts a message in; from any thread.
    package func post(_ message: Message) {
        pthread_mutex_lock(mutex)
        messages.append(message)
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(filled)
    }

    /// Takes the oldest message, and waits when there is none.
    package func next() -> Message {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while messages.isEmpty { pthread_cond_wait(filled, mutex) }
        return messages.removeFirst()
    }
}
