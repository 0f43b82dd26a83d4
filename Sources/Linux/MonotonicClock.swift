import Glibc

/// The machine's clocks (`clock_gettime(2)`).
package enum MonotonicClock {
    /// Milliseconds since the machine started (`CLOCK_MONOTONIC`): it only goes forward.
    package static var now: Int { microseconds / 1000 }

    /// Microseconds since the machine started, of the same clock.
    package static var microseconds: Int {
        let time = read(CLOCK_MONOTONIC)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    /// Milliseconds since 1970 (`CLOCK_REALTIME`).
    package static var sinceEpoch: Int {
        let time = read(CLOCK_REALTIME)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// The date and time of day in UTC, as in RFC 3339: `2026-01-31T12:00:00Z`.
    package static var date: String { utcDate("%Y-%m-%dT%H:%M:%SZ") }

    /// The same for a time in seconds since 1970.
    package static func date(secondsSinceEpoch seconds: Int) -> String { utcDate("%Y-%m-%dT%H:%M:%SZ", seconds) }

    /// The same as HTTP has it (RFC 9110, 5.6.7): `Sat, 31 Jan 2026 12:00:00 GMT`.
    package static var httpDate: String { utcDate("%a, %d %b %Y %H:%M:%S GMT") }

    private static func utcDate(_ format: String, _ seconds: time_t = time(nil)) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return text(of: &parts, format)
    }

    /// A time in microseconds since 1970 as systemctl writes it in the local time zone, such as
    /// `Tue 2026-11-24 13:40:16 UTC`.
    package static func localDate(microseconds: UInt64) -> String {
        localDate(microseconds, "%a %Y-%m-%d %H:%M:%S %Z")
    }

    /// The same as journalctl writes it, such as `Nov 24 13:40:16`.
    package static func journalDate(microseconds: UInt64) -> String { localDate(microseconds, "%b %d %H:%M:%S") }

    private static func localDate(_ microseconds: UInt64, _ format: String) -> String {
        var seconds = time_t(clamping: microseconds / 1_000_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return text(of: &parts, format)
    }

    /// Seconds since 1970 of a time in the local time zone; values beyond their ranges carry over,
    /// as in hour 24 (`mktime(3)`).
    package static func seconds(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Int {
        var parts = tm()
        parts.tm_year = Int32(clamping: year - 1900)
        parts.tm_mon = Int32(clamping: month - 1)
        parts.tm_mday = Int32(clamping: day)
        parts.tm_hour = Int32(clamping: hour)
        parts.tm_min = Int32(clamping: minute)
        parts.tm_sec = Int32(clamping: second)
        parts.tm_isdst = -1
        return mktime(&parts)
    }

    /// The year, month and day of a time in the local time zone.
    package static func localDay(secondsSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
        var seconds = time_t(secondsSinceEpoch)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    }

    private static func text(of parts: inout tm, _ format: String) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Waits; a signal that comes ends the wait early (`usleep(3)`).
    package static func sleep(milliseconds: Int) { usleep(UInt32(clamping: milliseconds * 1000)) }

    /// Waits; a signal that comes ends the wait early (`sleep(3)`).
    package static func sleep(seconds: Int) { Glibc.sleep(UInt32(clamping: seconds)) }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
