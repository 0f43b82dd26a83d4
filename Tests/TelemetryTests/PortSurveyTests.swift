import JSON
import Testing

@testable import Telemetry

@Suite("Survey of the ports")
struct PortSurveyTests {
    private func json(_ text: String) throws -> JSON { try JSON(Array(text.utf8)) }
    private let greeting = #"{"version":"DPDK 22.11.11","pid":9862,"max_output_len":16384}"#

    @Test func twoPorts() throws {
        var survey = PortSurvey()
        #expect(survey.take(try json(greeting)) == .ask("/ethdev/list"))
        #expect(survey.take(try json(#"{"/ethdev/list":[0,3]}"#)) == .ask("/ethdev/info,0"))
        #expect(
            survey.take(try json(#"{"/ethdev/info":{"name":"net_null0","dev_started":1}}"#))
                == .ask("/ethdev/link_status,0"))
        let link = try json(#"{"/ethdev/link_status":{"status":"UP","speed":10000,"duplex":"full-duplex"}}"#)
        #expect(survey.take(link) == .ask("/ethdev/stats,0"))
        #expect(
            survey.take(try json(#"{"/ethdev/stats":{"ipackets":7,"opackets":18446744073709551615}}"#))
                == .ask("/ethdev/info,3"))
        let first = Port(
            number: 0, name: "net_null0", isStarted: true, isUp: true, speed: 10000, isFullDuplex: true,
            counters: [.receivedPackets: 7, .sentPackets: .max])
        // One that is not started is asked for neither its link nor its counters.
        #expect(
            survey.take(try json(#"{"/ethdev/info":{"name":"net_null1","dev_started":0}}"#))
                == .done([first, Port(number: 3, name: "net_null1")]))
    }

    @Test("Without /ethdev/info a port counts as started when its link answers")
    func withoutInfo() throws {
        var (survey, question) = PortSurvey.again()
        #expect(question == "/ethdev/list")
        _ = survey.take(try json(#"{"/ethdev/list":[0]}"#))
        _ = survey.take(try json(#"{"/ethdev/info":null}"#))
        #expect(survey.take(try json(#"{"/ethdev/link_status":{"status":"Down"}}"#)) == .ask("/ethdev/stats,0"))
        #expect(survey.take(try json(#"{"/ethdev/stats":null}"#)) == .done([Port(number: 0, isStarted: true)]))
    }

    @Test("A port that is gone before it answers is not started")
    func gone() throws {
        var survey = PortSurvey.again().survey
        _ = survey.take(try json(#"{"/ethdev/list":[0]}"#))
        _ = survey.take(try json(#"{"/ethdev/info":null}"#))
        #expect(survey.take(try json(#"{"/ethdev/link_status":null}"#)) == .done([Port(number: 0)]))
    }

    @Test(arguments: [#"{"/ethdev/list":null}"#, #"{"/ethdev/list":[]}"#, "[]", "7"])
    func noPorts(_ answer: String) throws {
        var survey = PortSurvey.again().survey
        #expect(survey.take(try json(answer)) == .done([]))
    }

    @Test("Numbers of ports that are none are passed over")
    func oddList() throws {
        var survey = PortSurvey.again().survey
        #expect(
            survey.take(try json(#"{"/ethdev/list":[-1,"x",18446744073709551615,null,2]}"#)) == .ask("/ethdev/info,2"))
    }

    @Test(
        "The speed of a link",
        arguments: [
            (#""speed":25000"#, 25000), (#""speed":"25000""#, 25000), (#""speed":"0x61a8""#, 25000),
            (#""speed":0"#, nil),
            (#""speed":4294967295"#, nil), (#""speed":-1"#, nil), (#""speed":"10G""#, nil), (#""autoneg":1"#, nil),
        ] as [(String, Int?)])
    func speed(_ member: String, _ expected: Int?) throws {
        var port = Port(number: 0, isStarted: true)
        port.take(link: try json(#"{"status":"UP",\#(member)}"#))
        #expect(port.isUp)
        #expect(port.speed == expected)
    }
}
