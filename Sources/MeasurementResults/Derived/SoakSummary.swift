import Measurement

/// A soak in numbers. Intervals that do not count are left out.
package struct SoakSummary: Hashable, Sendable {
    package private(set) var sent = 0
    package private(set) var lost = 0
    /// Seconds of traffic in valid intervals.
    package private(set) var seconds = 0.0
    package private(set) var invalidIntervals = 0
    package private(set) var lossyIntervals = 0
    /// Seconds from the start of the first interval to the end of the last one of the longest
    /// succession of intervals without loss.
    package private(set) var longestLosslessTime = 0.0

    init(_ record: SoakRecord) {
        var start: Double?
        for interval in record.intervals {
            guard interval.fault == nil else {
                invalidIntervals += 1
                start = nil
                continue
            }
            sent += interval.sent
            lost += interval.lost
            seconds += interval.duration.seconds
            guard interval.lost == 0 else {
                lossyIntervals += 1
                start = nil
                continue
            }
            let first = start ?? interval.start
            start = first
            longestLosslessTime = max(longestLosslessTime, interval.start + interval.duration.seconds - first)
        }
    }

    /// Lost frames of those sent, 0 to 1.
    package var lossRatio: Double { sent > 0 ? Double(lost) / Double(sent) : 0 }
}

extension SoakRecord {
    package var summary: SoakSummary { SoakSummary(self) }
}

extension SoakRecord.Interval {
    /// Frames that did not return.
    package var lost: Int { sent - received }
}
