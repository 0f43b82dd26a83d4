import Measurement

/// Trials of a chain with two NICs, one testpmd and one guest, in both directions.
enum Observations {
    /// One second at 1 Mpps, in which the guest loses frames in each direction.
    static func valid(lost: Int = 100) -> TrialObservation {
        let directions = ["0 to 1", "1 to 0"].map {
            DirectionCounts(name: $0, intended: 1_000_000, sent: 1_000_000, received: 1_000_000 - lost)
        }
        var before = ChainSnapshot()
        before.links = ["eth0": .init(isUp: true, changes: 1), "eth1": .init(isUp: true, changes: 1)]
        before.processes = ["testpmd": "1a", "vm1": "1b"]
        before.host = ["governor": "performance"]
        before.paths = [path("eth0", "eth1"), path("eth1", "eth0")]
        var after = before
        for index in after.paths.indices { pass(1_000_000, &after.paths[index], guest: lost) }
        return TrialObservation(
            input: TrialInput(load: 1_000_000, duration: .seconds(1)), sendingTime: .seconds(1), isQuiet: true,
            longestPollGap: .microseconds(20), directions: directions, before: before, after: after)
    }

    static func path(_ first: String, _ last: String) -> [HopCounters] {
        [
            HopCounters(testpmd: "testpmd", peer: .nic(first), isReceiving: true, packets: 7000, drops: 3),
            HopCounters(testpmd: "testpmd", peer: .guest("vm1"), isReceiving: false, packets: 6000),
            HopCounters(testpmd: "testpmd", peer: .guest("vm1"), isReceiving: true, packets: 5000),
            HopCounters(testpmd: "testpmd", peer: .nic(last), isReceiving: false, packets: 4000),
        ]
    }

    /// Counts frames along a path with the losses of each stage. Returns how many leave.
    @discardableResult static func pass(
        _ sent: Int, _ path: inout [HopCounters], wire: Int = 0, nic: Int = 0, testpmd: Int = 0, guest: Int = 0,
        guestPort: Int = 0, toward: Int = 0, sendingNIC: Int = 0
    ) -> Int {
        var frames = sent - wire - nic
        path[0].packets += UInt64(frames)
        path[0].drops += UInt64(nic)
        frames -= testpmd
        path[1].packets += UInt64(frames)
        frames -= guest + guestPort
        path[2].packets += UInt64(frames)
        path[2].drops += UInt64(guestPort)
        frames -= toward + sendingNIC
        path[3].packets += UInt64(frames)
        path[3].drops += UInt64(sendingNIC)
        return frames
    }
}
