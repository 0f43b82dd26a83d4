/// The limits above which a trial is invalid.
package struct VerdictLimits: Hashable, Sendable {
    /// A number of frames that is tolerated: a count, or a part of the sent frames if that is more.
    package struct FrameLimit: Hashable, Sendable {
        package var count: Int
        /// From 0 to 1.
        package var ratio: Double

        package init(count: Int, ratio: Double) {
            self.count = count
            self.ratio = ratio
        }

        /// Returns the limit for a number of sent frames.
        func frames(of sent: Int) -> Int { max(count, Int((ratio * Double(max(0, sent))).rounded(.down))) }
    }

    /// Traffic that may be missing or too much. FD.io CSIT tolerates 10 µs
    /// (TrafficGenerator.py, expected_attempt_count); one frame is always tolerated.
    package var loadTolerance = Duration.microseconds(10)
    /// How far the sending time may be off, as a part of the intended duration: less than half of
    /// the width of 0.5 % that the predefined goals have.
    package var durationTolerance = 0.002
    /// Descriptors of the generator's receive ring: the frames of a longer gap do not fit, and a
    /// loss may be the generator's own. 0 for no check.
    package var receiveDescriptors = 1024
    /// LLDP, IPv6 neighbor discovery and the like.
    package var foreign = FrameLimit(count: 10, ratio: 0.001)
    /// Late frames were counted as lost in the trial before.
    package var late = FrameLimit(count: 0, ratio: 0)
    package var duplicated = FrameLimit(count: 0, ratio: 0)
    package var reordered = FrameLimit(count: 0, ratio: 0.001)

    package init() {}

    /// Load and duration.
    func trafficReasons(_ observation: TrialObservation) -> [InvalidReason] {
        var reasons: [InvalidReason] = []
        let directions = observation.directions
        if directions.isEmpty || directions.contains(where: { $0.intended <= 0 }) { reasons.append(.incomplete) }
        let input = observation.input
        let time = max(loadTolerance, observation.timePrecision)
        let tolerance = max(1, Int((time.seconds * Double(input.load)).rounded(.down)))
        for direction in directions {
            let (name, intended, sent) = (direction.name, direction.intended, direction.sent)
            if sent < intended - tolerance {
                reasons.append(.loadNotReached(direction: name, intended: intended, sent: sent))
            } else if sent > intended + tolerance {
                reasons.append(.loadExceeded(direction: name, intended: intended, sent: sent))
            }
        }
        let excess = (observation.sendingTime - input.duration).seconds
        let limit = input.duration.seconds * durationTolerance
        if excess > max(limit, observation.excessTime.seconds) || excess < -limit {
            reasons.append(.durationOff(intended: input.duration, actual: observation.sendingTime))
        }
        if !observation.isQuiet { reasons.append(.notQuiet) }
        return reasons
    }

    /// The generator's own faults, and frames that are not counted as received.
    func healthReasons(_ observation: TrialObservation) -> [InvalidReason] {
        var reasons: [InvalidReason] = []
        for direction in observation.directions where direction.dropped > 0 {
            reasons.append(.generatorDrops(direction: direction.name, frames: direction.dropped))
        }
        let load = observation.input.load
        // Without loss no ring was full.
        let isLossy = observation.directions.contains { $0.received < $0.sent }
        if receiveDescriptors > 0, load > 0, isLossy {
            let limit = Duration.nanoseconds(receiveDescriptors * 1_000_000_000 / load)
            if observation.longestPollGap >= limit {
                reasons.append(.pollGap(observation.longestPollGap, limit: limit))
            }
        }
        for direction in observation.directions {
            let name = direction.name
            func check(_ frames: Int, _ limit: FrameLimit, _ reason: (String, Int, Int) -> InvalidReason) {
                let most = limit.frames(of: direction.sent)
                if frames > most { reasons.append(reason(name, frames, most)) }
            }
            check(direction.foreign, foreign, InvalidReason.foreignFrames)
            check(direction.late, late, InvalidReason.lateFrames)
            check(direction.duplicated, duplicated, InvalidReason.duplicatedFrames)
            check(direction.reordered, reordered, InvalidReason.reorderedFrames)
        }
        return reasons
    }

    /// What is more after a stage than before it. Frames of others pass the counters of the ports
    /// too, so a negative balance up to their limit is possible there.
    func balanceReasons(_ observation: TrialObservation) -> [InvalidReason] {
        guard let paths = observation.paths else { return [.incomplete] }
        var reasons: [InvalidReason] = []
        for (index, direction) in observation.directions.enumerated() {
            let name = direction.name
            if direction.received > direction.sent {
                let frames = direction.received - direction.sent
                reasons.append(.negativeBalance(direction: name, stage: nil, frames: frames))
            }
            guard paths.indices.contains(index) else { continue }
            switch paths[index] {
            case .failure(let reset): reasons.append(.counterReset(direction: name, port: reset.port))
            case .success(let hops):
                let losses = LossAttribution(direction, hops: hops)
                reasons += losses.negative(beyond: foreign.frames(of: direction.sent)).map {
                    .negativeBalance(direction: name, stage: $0.location, frames: -$0.frames)
                }
            }
        }
        return reasons
    }
}
