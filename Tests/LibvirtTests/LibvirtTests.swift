import CLibvirt
import Foundation
import Synchronization
import Testing

@testable import Libvirt

/// libvirt's own mock hypervisor, which lives in this process.
@Suite("Libvirt, on its test driver", .serialized, .timeLimit(.minutes(1)))
struct LibvirtTests {
    /// The loop is one per process.
    private static let loop = Result {
        try EventLoop.start(onFailure: { fatalError("the event loop ended: \($0.message)") })
    }

    private let connection: Connection

    init() throws {
        try Self.loop.get()
        connection = try Connection("test:///default")
    }

    private func xml(_ name: String, metadata: String = "") -> String {
        "<domain type='test'><name>\(name)</name>\(metadata)<memory>65536</memory><os><type>hvm</type></os></domain>"
    }

    @Test func transientDomainLivesAndEnds() throws {
        let domain = try connection.create(xml: xml("one"))
        #expect(domain.name == "one")
        #expect(domain.uuid.count == 36)
        #expect(try domain.isActive())
        #expect(try !domain.isPersistent())
        #expect(try connection.domain(uuid: domain.uuid)?.name == "one")
        try domain.destroy()
        #expect(try connection.domain(named: "one") == nil)
        #expect(try connection.domain(uuid: domain.uuid) == nil)
    }

    @Test func theDriversOwnDomainIsPersistent() throws {
        let domain = try #require(try connection.domain(named: "test"))
        #expect(try domain.isPersistent())
    }

    @Test func metadata() throws {
        let element = "<metadata><pvp:guest xmlns:pvp='urn:pvpgen:domain' name='two'/></metadata>"
        let domain = try connection.create(xml: xml("two", metadata: element))
        defer { try? domain.destroy() }
        #expect(try domain.metadata(namespace: "urn:pvpgen:domain")?.contains("two") == true)
        #expect(try domain.metadata(namespace: "urn:other") == nil)
    }

    @Test func eventsOfALife() throws {
        let inbox = Inbox<LifecycleWatch.Notice>()
        let watch = try LifecycleWatch(connection, onEvent: { inbox.put($0) }, onClose: {})
        let domain = try connection.create(xml: xml("three"))
        #expect(virDomainSuspend(domain.handle) == 0)
        #expect(virDomainResume(domain.handle) == 0)
        try domain.shutdown()
        let notices = try inbox.take(4)
        #expect(notices.map(\.event) == [.started, .suspended(.asked), .resumed, .stopped(.shutdown)])
        #expect(Set(notices.map(\.name)) == ["three"])
        #expect(Set(notices.map(\.uuid)) == [domain.uuid])
        withExtendedLifetime(watch) {}
    }

    @Test func destroyIsAnEventOfItsOwn() throws {
        let inbox = Inbox<LifecycleEvent>()
        let watch = try LifecycleWatch(connection, onEvent: { inbox.put($0.event) }, onClose: {})
        try connection.create(xml: xml("four")).destroy()
        #expect(try inbox.take(2) == [.started, .stopped(.destroyed)])
        withExtendedLifetime(watch) {}
    }

    @Test func aWatchThatIsGoneHearsNothing() throws {
        let early = Inbox<LifecycleEvent>()
        let late = Inbox<LifecycleEvent>()
        do { _ = try LifecycleWatch(connection, onEvent: { early.put($0.event) }, onClose: {}) }
        let watch = try LifecycleWatch(connection, onEvent: { late.put($0.event) }, onClose: {})
        try connection.create(xml: xml("five")).destroy()
        _ = try late.take(2)
        #expect(early.count == 0)
        withExtendedLifetime(watch) {}
    }

    @Test func timersComeInTheirOrder() throws {
        let inbox = Inbox<Int>()
        EventLoop.after(seconds: 1) { inbox.put(1) }
        EventLoop.after(seconds: 0) { inbox.put(0) }
        #expect(try inbox.take(2) == [0, 1])
    }

    @Test func errorsAreOneLineAndHaveAKind() throws {
        let malformed = #expect(throws: LibvirtError.self) {
            try connection.create(xml: "<domain type='test'>\n<name>")
        }
        #expect(malformed?.kind == .xml)
        #expect(malformed?.message.contains("\n") == false)
        let taken = #expect(throws: LibvirtError.self) { try connection.create(xml: xml("test")) }
        #expect(taken?.message.contains("test") == true)
        #expect(throws: LibvirtError.self) { try Connection("test:///no/such/file.xml") }
    }

    @Test("An event loop that cannot go on ends the program through its handler")
    func loopFails() async {
        await #expect(processExitsWith: .exitCode(7)) {
            try EventLoop.start(onFailure: { _ in exit(7) }, iterate: { -1 })
            sleep(30)
        }
    }

    @Test("A timer that cannot be created is reported, and its body never called")
    func timerFails() async {
        await #expect(processExitsWith: .exitCode(7)) {
            // Without a registered loop libvirt creates no timer.
            try loadLibvirt()
            EventLoop.onFailure.withLock { $0 = { _ in exit(7) } }
            EventLoop.after(seconds: 0) { exit(1) }
        }
    }

    @Test("A watch that cannot register all events leaves no callback behind")
    func watchFails() throws {
        final class Mark: Sendable {}
        weak var weakMark: Mark?
        do {
            let mark = Mark()
            weakMark = mark
            let wrong = LifecycleWatch.functions + [(virDomainEventID(rawValue: 9999), LifecycleWatch.functions[1].1)]
            #expect(throws: LibvirtError.self) {
                try LifecycleWatch(connection, wrong, onEvent: { _ in withExtendedLifetime(mark) {} }, onClose: {})
            }
        }
        // libvirt frees what it holds on the loop's thread.
        for _ in 0..<100 where weakMark != nil { usleep(50_000) }
        #expect(weakMark == nil)
    }

    @Test("A call that a running domain refuses does not mean that the domain is gone")
    func refusedIsNotGone() throws {
        let domain = try connection.create(xml: xml("seven"))
        defer { try? domain.destroy() }
        let refused = LibvirtError(.invalidState, "domain has a job already")
        #expect(!refused.isGone)
        #expect(!refused.explained { virDomainIsActive(domain.handle) }.isGone)
        #expect(refused.explained { 0 }.isGone)
        #expect(!refused.explained { -1 }.isGone, "libvirt does not know")
        #expect(!LibvirtError(.denied, "no").explained { 0 }.isGone)
    }

    @Test func metadataIsReplaced() throws {
        let element = "<metadata><pvp:guest xmlns:pvp='urn:pvpgen:domain' name='eight'/></metadata>"
        let domain = try connection.create(xml: xml("eight", metadata: element))
        defer { try? domain.destroy() }
        try domain.setMetadata("<guest name='eight' digest='x'/>", key: "pvp", namespace: "urn:pvpgen:domain")
        #expect(try domain.metadata(namespace: "urn:pvpgen:domain")?.contains("digest") == true)
        #expect(try !domain.isStartingUp())
    }

    @Test func aDomainThatHasEndedIsGone() throws {
        let domain = try connection.create(xml: xml("six"))
        try domain.destroy()
        let error = #expect(throws: LibvirtError.self) { try domain.destroy() }
        #expect(error?.isGone == true)
    }
}

/// Collects what arrives on other threads.
private final class Inbox<Item: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var items: [Item] = []

    struct TimedOut: Error { let items: [Item] }

    var count: Int { condition.withLock { items.count } }

    func put(_ item: Item) {
        condition.withLock { items.append(item) }
        condition.signal()
    }

    /// The first `count` items, as soon as they exist; at most ten seconds.
    func take(_ count: Int) throws -> [Item] {
        let limit = Date(timeIntervalSinceNow: 10)
        condition.lock()
        defer { condition.unlock() }
        while items.count < count {
            guard condition.wait(until: limit) else { throw TimedOut(items: items) }
        }
        return Array(items.prefix(count))
    }
}
