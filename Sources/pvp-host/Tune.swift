import Diagnostics
import HostActions
import Linux
import Systemd
import Tuning

/// Tunes the machine. With --stay, holds what lasts only as long as the process, and moves
/// interrupts that appear later, until it is asked to end: `untune` restores the values.
func tune(_ tuning: Tuning, on host: HostFilesystem, stays: Bool) throws(Problem) {
    let signals: Signals?
    do throws(SystemError) {
        signals = stays ? try Signals([Signal.term, Signal.int]) : nil
    } catch {
        throw error.problem(.systemFailed, remedy: "raise the limit of open files")
    }
    let tuner = Tuner(host)
    // What comes while it works is new, and looked at again.
    var known = Interrupts.handlers(in: host.root)
    printLines(try tuner.apply(tuning))
    let latency = try holdLatency(tuning, on: host, stays: stays)
    defer { withExtendedLifetime(latency) {} }
    guard let signals else { return }
    notify("READY=1\nSTATUS=\(tuning.items.count) items")
    while !Descriptor.poll(signals.descriptor.number, .input, timeout: 10_000) {
        guard tuning.items.contains(.interrupts) else { continue }
        let handlers = Interrupts.handlers(in: host.root)
        let new = Set(handlers.filter { known[$0.key] != $0.value }.keys)
        known = handlers
        if new.isEmpty { continue }
        let later = Tuning(isolated: tuning.isolated, housekeeping: tuning.housekeeping, items: [.interrupts])
        printLines(try tuner.apply(later, interrupts: new))
    }
}

private func holdLatency(_ tuning: Tuning, on host: HostFilesystem, stays: Bool) throws(Problem) -> WakeupLatency? {
    guard let limit = tuning.wakeupLatency else { return nil }
    guard stays else {
        printLines([
            .init("wakeup-latency: not held, because it would end with this program; --stay holds it", isWarning: true)
        ])
        return nil
    }
    let latency: WakeupLatency?
    do throws(Problem) {
        latency = try WakeupLatency(limit, in: host.root)
    } catch {
        // As for the other items: a value that cannot be set is reported, and stops nothing.
        log.write(error)
        return nil
    }
    printLines([.init("wakeup-latency: at most \(limit) microseconds", isWarning: false)])
    return latency
}

/// Prints lines; what is not as it should be goes to standard error.
func printLines(_ lines: [JournalLine]) {
    for line in lines {
        if line.isWarning {
            log.warning(line.text)
        } else {
            Descriptor.write(text: line.text + "\n", to: Descriptor.standardOutput)
        }
    }
}
