/// The lost frames by the place where they were lost. The sum closes: the frames of all stages and
/// the unexplained ones are the lost frames.
package struct LossAttribution: Hashable, Sendable {
    /// A place and its frames; negative if more frames left than arrived.
    package struct Stage: Hashable, Sendable {
        package var location: LossLocation
        package var frames: Int

        package init(location: LossLocation, frames: Int) {
            self.location = location
            self.frames = frames
        }
    }

    /// Frames that were sent and did not return.
    package private(set) var lost = 0
    /// Each place on the path in its order, also without losses.
    package private(set) var stages: [Stage] = []
    /// Frames that were lost on the wire into the first NIC and behind the last one, or counted
    /// nowhere.
    package private(set) var unexplained = 0

    /// No frames.
    package init() {}

    /// Frames that were attributed before: the sum of the stages and the unexplained ones is lost.
    package init(stages: [Stage], unexplained: Int) {
        self.stages = stages
        self.unexplained = unexplained
        lost = stages.reduce(unexplained) { $0 + $1.frames }
    }

    /// Creates the attribution for one direction. The hops begin at a NIC where testpmd receives,
    /// and end at a NIC where testpmd sends; receiving and sending alternate.
    package init(_ direction: DirectionCounts, hops: [HopFrames]) {
        lost = direction.sent - direction.received
        var arrived = direction.sent
        for (index, hop) in hops.enumerated() {
            let missing = arrived - hop.packets - hop.drops
            arrived = hop.packets
            switch (hop.peer, hop.isReceiving) {
            case (.nic(let name), true):
                add(.nic(name), hop.drops)
                unexplained += missing
            case (.guest(let name), true):
                add(.guest(name), missing)
                add(.testpmdReceiving(hop.testpmd, from: hop.peer), hop.drops)
            case (.guest, false):
                add(.testpmd(hop.testpmd, toward: hop.peer), missing + hop.drops)
            case (.nic(let name), false):
                add(.testpmd(hop.testpmd, toward: hop.peer), missing)
                add(.sendingNIC(name), hop.drops)
            }
            if index == hops.count - 1 { unexplained += arrived - direction.received }
        }
        if hops.isEmpty { unexplained = lost }
    }

    /// Adds the frames of another attribution.
    package mutating func add(_ other: LossAttribution) {
        lost += other.lost
        unexplained += other.unexplained
        for stage in other.stages { add(stage.location, stage.frames) }
    }

    private mutating func add(_ location: LossLocation, _ frames: Int) {
        if let index = stages.firstIndex(where: { $0.location == location }) {
            stages[index].frames += frames
        } else {
            stages.append(Stage(location: location, frames: frames))
        }
    }

    /// Returns the places with fewer frames than `-limit`; the location is `nil` for the
    /// unexplained ones.
    func negative(beyond limit: Int) -> [(location: LossLocation?, frames: Int)] {
        var places: [(location: LossLocation?, frames: Int)] = stages.map { ($0.location, $0.frames) }
        places.append((nil, unexplained))
        return places.filter { $0.frames < -limit }
    }
}
