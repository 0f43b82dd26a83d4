/// Why a trial is invalid. Directions, stages and processes are named as the caller named them.
package enum InvalidReason: Hashable, Sendable {
    /// The observation has no frames, or counters of another number of directions.
    case incomplete
    /// The generator sent fewer frames than intended.
    case loadNotReached(direction: String, intended: Int, sent: Int)
    /// The generator sent more frames than intended.
    case loadExceeded(direction: String, intended: Int, sent: Int)
    /// The generator sent for another time than intended: the load was another one.
    case durationOff(intended: Duration, actual: Duration)
    /// Traffic had not ended when the counters were read.
    case notQuiet
    /// The generator dropped frames that had returned.
    case generatorDrops(direction: String, frames: Int)
    /// The generator did not poll for so long that its receive ring may have been full.
    case pollGap(Duration, limit: Duration)
    /// A fault of the generator itself, in its own words.
    case generator(String)
    /// The link state changed.
    case linkChanged(String)
    /// Frames that the generator did not send.
    case foreignFrames(direction: String, frames: Int, limit: Int)
    /// Frames of an earlier trial.
    case lateFrames(direction: String, frames: Int, limit: Int)
    /// Frames that returned more than once.
    case duplicatedFrames(direction: String, frames: Int, limit: Int)
    /// Frames that returned after a later one.
    case reorderedFrames(direction: String, frames: Int, limit: Int)
    /// More frames left than arrived; at a stage, or between stages if `stage` is `nil`.
    case negativeBalance(direction: String, stage: LossLocation?, frames: Int)
    /// A counter was reset.
    case counterReset(direction: String, port: String)
    /// testpmd or a guest was restarted, started or stopped.
    case restarted(String)
    /// The host changed.
    case hostChanged(String, from: String, to: String)

    /// The reason in one line, without a full stop.
    package var text: String {
        switch self {
        case .incomplete: "counters are missing"
        case .loadNotReached(let direction, let intended, let sent):
            "\(direction): load not reached: expected \(intended) frames, sent \(sent)"
        case .loadExceeded(let direction, let intended, let sent):
            "\(direction): load exceeded: expected \(intended) frames, sent \(sent)"
        case .durationOff(let intended, let actual):
            "traffic for another time: expected \(intended.shortText), got \(actual.shortText)"
        case .notQuiet: "frames were still arriving when the counters were read"
        case .generatorDrops(let direction, let frames): "\(direction): the generator dropped \(frames) frames"
        case .pollGap(let gap, let limit):
            "the generator did not poll for \(gap.shortText), and its ring is full after \(limit.shortText)"
        case .generator(let fault): "generator: \(fault)"
        case .linkChanged(let port): "\(port): link state changed"
        case .foreignFrames(let direction, let frames, let limit):
            "\(direction): expected at most \(limit) frames of others, got \(frames)"
        case .lateFrames(let direction, let frames, let limit):
            "\(direction): expected at most \(limit) frames of an earlier trial, got \(frames)"
        case .duplicatedFrames(let direction, let frames, let limit):
            "\(direction): expected at most \(limit) duplicated frames, got \(frames)"
        case .reorderedFrames(let direction, let frames, let limit):
            "\(direction): expected at most \(limit) reordered frames, got \(frames)"
        case .negativeBalance(let direction, let stage?, let frames):
            "\(direction): \(frames) more frames left \(stage.text) than arrived there"
        case .negativeBalance(let direction, nil, let frames):
            "\(direction): \(frames) more frames arrived than were sent"
        case .counterReset(let direction, let port): "\(direction): the counters of \(port) were reset"
        case .restarted(let name): "\(name): restarted"
        case .hostChanged(let name, let from, let to): "host changed: \(name): expected '\(from)', got '\(to)'"
        }
    }
}
