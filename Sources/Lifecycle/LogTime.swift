import Linux
import Values

/// The time from which on entries are printed: some of what journalctl takes (`systemd.time(7)`).
package enum LogTime: Hashable, Sendable {
    /// The start of the machine.
    case boot
    /// Microseconds since 1970.
    case time(UInt64)

    /// Takes `boot`, `today`, `yesterday`, `now`, a span such as `-2h` or `2h ago`, `@` and seconds
    /// since 1970, `YYYY-MM-DD`, `HH:MM[:SS]` or both; `nil` for other text. `now` is in seconds
    /// since 1970.
    package init?(_ text: String, now: Int = MonotonicClock.sinceEpoch / 1000) {
        let (year, month, day) = MonotonicClock.localDay(secondsSinceEpoch: now)
        func midnight(_ days: Int) -> Int {
            MonotonicClock.seconds(year: year, month: month, day: day + days, hour: 0, minute: 0, second: 0)
        }
        switch text {
        case "boot": self = .boot
        case "now": self.init(seconds: now)
        case "today": self.init(seconds: midnight(0))
        case "yesterday": self.init(seconds: midnight(-1))
        case _ where text.hasPrefix("@"): self.init(seconds: Int(text.dropFirst()))
        case _ where text.hasPrefix("-"): self.init(seconds: Self.ago(String(text.dropFirst()), now))
        case _ where text.hasSuffix(" ago"): self.init(seconds: Self.ago(String(text.dropLast(4)), now))
        default: self.init(seconds: Self.timestamp(text, today: [year, month, day]))
        }
    }

    private init?(seconds: Int?) {
        guard let seconds, 0...10_000_000_000 ~= seconds else { return nil }
        self = .time(UInt64(seconds) * 1_000_000)
    }

    private static func ago(_ text: String, _ now: Int) -> Int? {
        TimeSpan(text).map { now - $0.milliseconds / 1000 }
    }

    private static func timestamp(_ text: String, today: [Int]) -> Int? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let first = words.first, words.count <= 2 else { return nil }
        let hasDay = first.contains("-")
        let day = hasDay ? numbers(first, "-", 3...3, [1970...9999, 1...12, 1...31]) : today
        let rest = hasDay ? words.dropFirst().first : words.count == 1 ? first : nil
        let none = hasDay && words.count == 1 ? [0, 0, 0] : nil
        let time = rest.flatMap { numbers($0, ":", 2...3, [0...23, 0...59, 0...59]) } ?? none
        guard let day, let time else { return nil }
        return MonotonicClock.seconds(
            year: day[0], month: day[1], day: day[2], hour: time[0], minute: time[1],
            second: time.count > 2 ? time[2] : 0)
    }

    private static func numbers(
        _ text: Substring, _ separator: Character, _ count: ClosedRange<Int>, _ ranges: [ClosedRange<Int>]
    ) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = zip(parts, ranges).compactMap { part, range in Int(part).flatMap { range ~= $0 ? $0 : nil } }
        return numbers.count == parts.count && count ~= parts.count ? numbers : nil
    }
}
