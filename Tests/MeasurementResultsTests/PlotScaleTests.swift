import Presentation
import Testing

@testable import MeasurementResults

@Suite struct PlotScaleTests {
    @Test("a linear scale has steps of 1, 2 or 5 times a power of ten and holds both ends")
    func linear() {
        #expect(PlotScale.linear(0, 14_880_952, count: 5).ticks == [0, 5e6, 1e7, 1.5e7])
        #expect(PlotScale.linear(0, 9, count: 5).ticks == [0, 2, 4, 6, 8, 10])
        #expect(PlotScale.linear(95, 103, count: 4).ticks == [94, 96, 98, 100, 102, 104])
        let fitted = PlotScale.linear(0, 27.6, count: 10, isFitted: true)
        #expect(fitted.upper == 27.6 && fitted.ticks == [0, 5, 10, 15, 20, 25])
        #expect(PlotScale.linear(5, 5, count: 5).fraction(5) == 0)
        let small = PlotScale.linear(0, 0.00035, count: 5)
        #expect(small.ticks.count == 5 && small.upper >= 0.00035)
    }

    @Test("a logarithmic scale has powers of ten, and 2 and 5 times these if there are few")
    func logarithmic() {
        #expect(PlotScale.logarithmic(11_000, 95_000).ticks == [10_000, 20_000, 50_000, 100_000])
        let wide = PlotScale.logarithmic(1100, 95_000_000)
        #expect(wide.ticks == [1000, 10_000, 100_000, 1e6, 1e7, 1e8])
        #expect((wide.fraction(10_000) - 0.2).magnitude < 1e-9)
        #expect(wide.fraction(1) == 0 && wide.fraction(1e12) == 1)
        let one = PlotScale.logarithmic(100, 100)
        #expect(one.upper > one.lower && one.fraction(100) == 0)
    }

    @Test("numbers are written as people read them") func numbers() {
        #expect(fixed(-1.25, 1) == "-1.3" && fixed(0.05, 2) == "0.05")
        #expect(fixed(1e30, 1) == "-")
        #expect(NumberText.short(0.5) == "0.5" && NumberText.short(-0.0000001) == "0" && NumberText.short(20) == "20")
        #expect(NumberText.percent(0.005) == "0.5 %" && NumberText.percent(1e-12) == "below 0.0000001 %")
        #expect(NumberText.percent(0) == "0 %")
        #expect(NumberText.difference(-0.0312) == "−3.1 %" && NumberText.difference(0.1) == "+10.0 %")
        #expect(NumberText.difference(0.0001) == "±0.0 %")
        #expect(NumberText.time(.nanoseconds(950)) == "950 ns" && NumberText.time(.nanoseconds(12_340)) == "12.3 µs")
        #expect(NumberText.time(.microseconds(123_400)) == "123 ms" && NumberText.time(.seconds(2)) == "2.00 s")
        #expect(NumberText.span(0.5) == "0.5 s" && NumberText.span(4830) == "1 h 20 min 30 s")
        #expect(NumberText.count(-1_234_567) == "−1\u{202f}234\u{202f}567" && NumberText.count(999) == "999")
        #expect(NumberText.gigabits(5.3356) == "5.34 Gbps" && NumberText.gigabits(0.00005) == "0.05 Mbps")
    }
}
