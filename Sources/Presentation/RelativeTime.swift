/// The time since an event, as `systemctl status` prints it: `5min ago` (systemd:
/// src/basic/time-util.c, `format_timestamp_relative_full`).
package func relativeTime(microseconds: UInt64) -> String {
    let second: UInt64 = 1_000_000
    let minute = 60 * second
    let hour = 60 * minute
    let day = 24 * hour
    let week = 7 * day
    let month = 2_629_800 * second
    let year = 31_557_600 * second
    func count(_ number: UInt64, _ unit: String) -> String {
        number == 0 ? "" : "\(number) \(unit)\(number == 1 ? "" : "s") "
    }
    return switch microseconds {
    case year...: count(microseconds / year, "year") + count(microseconds % year / month, "month") + "ago"
    case month...: count(microseconds / month, "month") + count(microseconds % month / day, "day") + "ago"
    case week...: count(microseconds / week, "week") + count(microseconds % week / day, "day") + "ago"
    case (2 * day)...: "\(microseconds / day) days ago"
    case (25 * hour)...: "1 day \((microseconds - day) / hour)h ago"
    case (6 * hour)...: "\(microseconds / hour)h ago"
    case hour...: "\(microseconds / hour)h \(microseconds % hour / minute)min ago"
    case (5 * minute)...: "\(microseconds / minute)min ago"
    case minute...: "\(microseconds / minute)min \(microseconds % minute / second)s ago"
    case second...: "\(microseconds / second)s ago"
    case 1000...: "\(microseconds / 1000)ms ago"
    case 1...: "\(microseconds)us ago"
    default: "now"
    }
}
