import Measurement

/// A device under test with planned faults. The script `oracle` has the same one: both use integers
/// and SplitMix64 only, so a number is the same device in both.
struct SimulatedDevice {
    /// What the device has beside its limit.
    private enum Fault: Int {
        case limit, noise, stalls, inversion
    }

    static let limits = (minimum: 9001, maximum: 14_880_952)

    private let number: Int
    private let fault: Fault
    /// Packets per second.
    let capacity: Int
    /// Parts per million.
    private let noise: Int
    /// Milliseconds from stall to stall.
    private let period: Int
    /// Microseconds.
    private let stall: Int
    /// Frames that survive a stall.
    private let buffer: Int
    /// Loads with a loss of `loss` in 10 000 frames.
    private let lossy: Range<Int>
    private let loss: Int
    /// Milliseconds of traffic so far.
    private var time = 0
    private var repetitions: [Int: Int] = [:]

    init(_ number: Int) {
        var random = SplitMix64(state: UInt64(number))
        self.number = number
        fault = Fault(rawValue: number % 4) ?? .limit
        capacity = (100_000 + random.below(16_000_000)) >> random.below(6)
        noise = 100 + random.below(20_000)
        period = 200 + random.below(30_000)
        stall = 50 + random.below(1000)
        buffer = 64 << random.below(7)
        let start = capacity * (500 + random.below(450)) / 1000
        lossy = start..<(start * (1010 + random.below(90)) / 1000)
        loss = 1 + random.below(300)
    }

    /// The goals of the search for this device.
    func goals() throws -> [SearchGoal] {
        switch number / 4 % 5 {
        case 0: [.ndr, .pdr]
        case 1: [.rfc2544]
        case 2: [.tst009]
        case 3: [.ndr, .pdr, .rfc2544]
        default:
            [
                .ndr,
                try SearchGoal(
                    name: "own", lossRatio: 0.001, exceedRatio: 0.25, width: 0.01, initialTrialDuration: .seconds(2),
                    finalTrialDuration: .seconds(5), durationSum: .seconds(30)),
            ]
        }
    }

    mutating func measure(_ input: TrialInput) -> Trial {
        let (seconds, attoseconds) = input.duration.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        let load = input.load
        let sent = load * milliseconds / 1000
        var capacity = capacity
        if fault == .noise {
            let repetition = repetitions[load, default: 0]
            let seed = SplitMix64.mix(UInt64(number * 1_000_003 + load * 8191 + repetition))
            let value = Int(seed % UInt64(2 * noise + 1))
            capacity = capacity * (1_000_000 - noise + value) / 1_000_000
        }
        repetitions[load, default: 0] += 1
        var lost = max(0, sent - capacity * milliseconds / 1000)
        if fault == .stalls {
            let stalls = (time + milliseconds) / period - time / period
            lost = min(sent, lost + stalls * max(0, load * stall / 1_000_000 - buffer))
        }
        if fault == .inversion, lossy.contains(load) { lost = max(lost, sent * loss / 10_000) }
        time += milliseconds
        return Trial(input, verdict: .valid(TrialLoss(sent: sent, received: sent - lost)))
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct SplitMix64 {
    var state: UInt64

    mutating func below(_ limit: UInt64) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Int(Self.mix(state) % limit)
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension Search {
    /// Does the planned trials with a device until the search ends, at most `most` of them.
    mutating func run(_ device: inout SimulatedDevice, most: Int = 500) throws {
        for _ in 0..<most {
            guard case .trial(let planned) = step else { return }
            try record(device.measure(planned.input))
        }
    }

    /// The results; `nil` while there is a trial to do.
    var finished: SearchResult? {
        if case .done(let result) = step { result } else { nil }
    }
}
