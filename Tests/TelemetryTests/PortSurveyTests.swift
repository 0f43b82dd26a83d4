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
        #expect(survey.take(try json(#"{"/ethdev/info":{"name":"net_null0","dev_started":1}}"#)) == .ask("/ethdev/link_status,0"))
        #expect(survey.take(try json(#"{"/ethdev/link_status":{"status":"UP","speed":10000}}"#)) == .ask("/ethdev/info,3"))
        let ports: [PortSurvey.Port] = [.init(number: 0, isStarted: true, isUp: true), .init(number: 3, isStarted: false, isUp: false)]
        // One that is not started is not asked for its link.
        #expect(survey.take(try json(#"{"/ethdev/info":{"dev_started":0}}"#)) == .done(ports))
    }

    @Test("Without /ethdev/info a port counts as started when its link answers")
    func oldRelease() throws {
        var (survey, question) = PortSurvey.again()
        #expect(question == "/ethdev/list")
        _ = survey.take(try json(#"{"/ethdev/list":[0]}"#))
        _ = survey.take(try json(#"{"/ethdev/info":null}"#))
        let down = try json(#"{"/ethdev/link_status":{"status":"Down"}}"#)
        #expect(survey.take(down) == .done([.init(number: 0, isStarted: true, isUp: false)]))
    }

    @Test("A port that is gone before it answers is not started")
    func gone() throws {
        var survey = PortSurvey.again().survey
        _ = survey.take(try json(#"{"/ethdev/list":[0]}"#))
        _ = survey.take(try json(#"{"/ethdev/info":null}"#))
        #expect(survey.take(try json(#"{"/ethdev/link_status":null}"#)) == .done([.init(number: 0, isStarted: false, isUp: false)]))
    }

    @Test(arguments: [#"{"/ethdev/list":null}"#, #"{"/ethdev/list":[]}"#, "[]", "7"])
    func noPorts(_ answer: String) throws {
        var survey = PortSurvey.again().survey
        #expect(survey.take(try json(answer)) == .done([]))
    }
}
