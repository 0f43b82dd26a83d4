/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7). The two obsolete
/// formats are not read.
package struct HTTPDate: Hashable {
    /// Seconds since 1970.
    package var seconds: Int

    /// Reads the text; `nil` when it is anything else.
    package init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[0].utf8.count == 4, words[0].hasSuffix(","), words[5] == "GMT" else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3, let month = Self.months.firstIndex(of: String(words[2])),
            let day = Self.number(words[1], digits: 2), (1...31).contains(day),
            let year = Self.number(words[3], digits: 4), year >= 1970,
            let hour = Self.number(time[0], digits: 2), hour < 24,
            let minute = Self.number(time[1], digits: 2), minute < 60,
            // 60 is a leap second.
            let second = Self.number(time[2], digits: 2), second <= 60
        else { return nil }
        seconds = ((Self.days(to: year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// Returns the days from 1970 to the first day of a month, counted from 0, by the Gregorian
    /// calendar.
    private static func days(to year: Int, _ month: Int) -> Int {
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (year - 1970) * 365 + leapDays + lengths.prefix(month).reduce(0, +)
    }
}
