import Testing
import Values

@Suite("Numbers of releases") struct ReleaseNumberTests {
    @Test("Releases are in order")
    func order() throws {
        let texts = [
            "7.2.22", "9.2.0-rc2", "9.2.0", "10.0", "10.0.2", "20.11", "22.11.11", "24.07", "24.11", "24.11.1",
        ]
        let releases = try texts.map { try #require(ReleaseNumber($0)) }
        #expect(releases.shuffled().sorted().map(\.description) == texts)
    }

    @Test(
        "What is no release is refused",
        arguments: ["", "24", "a.b", "1..2", "1.2.3.4.5", "1.2-beta", "1.2-rc", " 1.2"])
    func refused(_ text: String) { #expect(ReleaseNumber(text) == nil) }

    @Test("Only the first two numbers count for a minimum")
    func minimum() throws {
        let release = try #require(ReleaseNumber("24.11.1"))
        #expect(release.isAtLeast(24, 11))
        #expect(release.isAtLeast(9, 20))
        #expect(!release.isAtLeast(24, 12))
    }
}
