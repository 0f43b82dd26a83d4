import Presentation
import Testing

@Suite struct ElapsedTimeTests {
    @Test(
        "A span has the units of systemd, with milliseconds below a second",
        arguments: [
            (0, "0ms"), (999_999, "999ms"), (1_000_000, "1s"), (1_204_000, "1.204s"), (59_050_999, "59.050s"),
            (60_000_000, "1min"), (62_345_000, "1min 2.345s"), (3_600_000_000, "1h"), (3_661_000_000, "1h 1min 1s"),
            (60_001_000, "1min 0.001s"),
        ] as [(UInt64, String)])
    func text(_ microseconds: UInt64, _ text: String) { #expect(elapsedTime(microseconds: microseconds) == text) }
}
