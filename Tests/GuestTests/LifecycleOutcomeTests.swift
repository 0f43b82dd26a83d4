import Libvirt
import Testing

@testable import pvp_guest

/// Which end of a guest is which exit of its unit. The numbers are libvirt's (`libvirt-domain.h`).
@Suite struct LifecycleOutcomeTests {
    enum Exit { case none, zero, one }

    @Test(arguments: [
        // event, detail, exit while running, exit while stopping
        (0, 0, Exit.none, Exit.none),  // defined
        (1, 0, .none, .none),  // undefined
        (2, 0, .none, .none),  // started
        (3, 0, .none, .none),  // suspended by another client
        (3, 2, .none, .none),  // suspended by a disk error
        (3, 3, .none, .none),  // suspended by a watchdog
        (3, 7, .none, .none),  // suspended otherwise
        (4, 0, .none, .none),  // resumed
        (5, 0, .zero, .zero),  // stopped: shut down
        (5, 1, .one, .zero),  // stopped: destroyed
        (5, 2, .one, .one),  // stopped: crashed
        (5, 3, .one, .one),  // stopped: migrated
        (5, 4, .one, .one),  // stopped: saved
        (5, 5, .one, .one),  // stopped: emulator failed
        (5, 6, .one, .one),  // stopped: snapshot
        (5, 99, .one, .one),  // stopped: something new
        (6, 0, .none, .none),  // shutting down
        (6, 1, .none, .none),  // shutting down, the guest's wish
        (6, 2, .none, .none),  // shutting down, the host's wish
        (7, 0, .none, .none),  // asleep
        (8, 0, .none, .none),  // panicked: on_crash decides, and stops it or not
        (99, 0, .none, .none),  // something new
    ])
    func table(_ event: Int32, _ detail: Int32, _ running: Exit, _ stopping: Exit) {
        #expect(exit(event, detail, stopping: false) == running)
        #expect(exit(event, detail, stopping: true) == stopping)
    }

    private func exit(_ event: Int32, _ detail: Int32, stopping: Bool) -> Exit {
        switch LifecycleOutcome(LifecycleEvent(event: event, detail: detail), stopping: stopping) {
        case .end: .zero
        case .failure: .one
        case .nothing, .state, .notice, .warning: .none
        }
    }

    @Test func lines() {
        #expect(LifecycleOutcome(.suspended(.asked), stopping: false) == .state("paused"))
        #expect(LifecycleOutcome(.resumed, stopping: false) == .state("running"))
        #expect(
            LifecycleOutcome(.suspended(.ioError), stopping: false)
                == .warning("paused by a disk error; is the host's disk full?"))
        #expect(
            LifecycleOutcome(.stopped(.destroyed), stopping: false)
                == .failure("was destroyed by another process; systemd starts it again")
        )
    }
}
