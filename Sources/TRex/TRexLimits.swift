/// The limits above which TRex itself, and not the chain, may have decided a trial.
package struct TRexLimits: Hashable, Sendable {
    /// Utilization of a sending thread in percent, the mean of one second. A trial shorter than two
    /// seconds may have no second of its own: a full queue shows there, the load perhaps not.
    package var cpuLoad = 95
    /// How often a transmit queue was full: TRex waits then, and sends in other intervals.
    package var fullQueues = 0
    /// How precisely the sending time has to be known, as a part of the duration. TRex paces by its
    /// own clock; the number of frames is compared with rate and time only this closely.
    package var timePrecision = 0.01
    /// How much longer than intended TRex may send: the message that stops it may be late. A trial
    /// that is too long finds more losses, not fewer, and its rate is the same.
    package var excessTime = Duration.milliseconds(100)
    /// The longest time to wait for frames and counters after the end of the traffic.
    package var drainTime = Duration.seconds(2)
    /// The time without a change of the counters after which they are final.
    package var quietTime = Duration.milliseconds(300)
    /// How long before its start the traffic is ordered, so that all ports start together. TRex
    /// wants at least 100 ms.
    package var leadTime = Duration.milliseconds(300)

    package init() {}
}
