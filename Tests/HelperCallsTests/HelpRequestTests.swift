import HelperCalls
import Testing

@Suite("Requests for help") struct HelpRequestTests {
    @Test(arguments: [["--help"], ["-h"], ["tune", "--help"], ["--nonsense", "-h"]]) func asked(_ arguments: [String]) {
        #expect(isHelpRequest(arguments))
    }

    @Test(arguments: [[], ["help"], ["--help=yes"], ["--name=t", "--", "testpmd", "--help"]]) func notAsked(
        _ arguments: [String]
    ) {
        #expect(!isHelpRequest(arguments))
    }
}
