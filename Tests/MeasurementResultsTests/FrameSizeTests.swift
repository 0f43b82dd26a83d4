import MeasurementResults
import Testing

@Suite struct FrameSizeTests {
    @Test("a link of 10 Gbps carries 14.88 million frames of 64 bytes per second (RFC 2544, appendix B)")
    func lineRate() {
        #expect(FrameSize.bytes(64).maximumRate(linkSpeed: 10_000) == 14_880_952)
        #expect(FrameSize.bytes(1518).maximumRate(linkSpeed: 10_000) == 812_743)
    }
}
