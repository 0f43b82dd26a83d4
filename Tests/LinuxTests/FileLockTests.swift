import Foundation
import Linux
import Synchronization
import TestSupport
import Testing

@Suite struct FileLockTests {
    /// Whether a further process would have to wait.
    private func isHeld(_ path: String, _ tree: Tree) throws -> Bool {
        try Command(["flock", "--nonblock", tree.path + path, "true"]).run().status == 1
    }

    @Test("A temporary lock's file goes with the lock")
    func temporary() throws {
        let tree = try Tree()
        do {
            let lock = try FileLock("/lock", in: tree.root, temporary: true) { Issue.record("held by another") }
            #expect(try isHeld("/lock", tree))
            withExtendedLifetime(lock) {}
        }
        #expect(try tree.root.list("/") == [])
    }

    @Test("Who waited for a lock whose file was removed holds the lock of the next file")
    func removed() throws {
        let tree = try Tree()
        let isWaiting = DispatchSemaphore(value: 0)
        let isAwaited = DispatchSemaphore(value: 0)
        let group = DispatchGroup()
        var first: FileLock? = try FileLock("/lock", in: tree.root, temporary: true) {}
        DispatchQueue.global().async(group: group) {
            let lock = try? FileLock("/lock", in: tree.root) { isWaiting.signal() }
            let isHeld = try? self.isHeld("/lock", tree)
            #expect(lock != nil && isHeld == true)
            isAwaited.signal()
            withExtendedLifetime(lock) {}
        }
        isWaiting.wait()
        withExtendedLifetime(first) {}
        first = nil
        isAwaited.wait()
        group.wait()
        #expect(try tree.root.list("/") == ["lock"] && !isHeld("/lock", tree))
    }

    @Test("The lock of a directory leaves nothing in it")
    func directory() throws {
        let tree = try Tree()
        let lock = try FileLock(directory: "/", in: tree.root) {}
        #expect(try isHeld("", tree) && tree.root.list("/") == [])
        withExtendedLifetime(lock) {}
    }
}
