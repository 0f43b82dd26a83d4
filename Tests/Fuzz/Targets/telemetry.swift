/// Reads any lines as the answers of a program's telemetry: a survey asks about ports, and what it
/// reports fits together.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    var survey = PortSurvey()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        guard let answer = try? JSON(Array(line)) else { break }
        switch survey.take(answer) {
        case .ask(let question): precondition(question.hasPrefix("/ethdev/"))
        case .done(let ports):
            precondition(ports.allSatisfy { ($0.speed ?? 1) > 0 && ($0.isStarted || $0.counters.isEmpty) })
            survey = PortSurvey.again().survey
        }
    }
    return 0
}
