/// A span of time, as systemd prints it with milliseconds: `1min 2.345s`, `120ms` (systemd:
/// src/basic/time-util.c, `format_timespan`).
package func elapsedTime(microseconds: UInt64) -> String {
    let milliseconds = microseconds / 1000
    if milliseconds < 1000 { return "\(milliseconds)ms" }
    let fraction = milliseconds % 1000
    let digits = fraction == 0 ? "" : "." + String(1000 + fraction).dropFirst()
    let seconds = milliseconds / 1000
    let rest = seconds % 60 > 0 || fraction > 0 ? "\(seconds % 60)\(digits)s" : ""
    let parts = [
        seconds >= 3600 ? "\(seconds / 3600)h" : "", seconds / 60 % 60 > 0 ? "\(seconds / 60 % 60)min" : "", rest,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
}
