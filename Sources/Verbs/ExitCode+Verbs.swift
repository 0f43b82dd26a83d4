package import ArgumentParser

extension ExitCode {
    /// Wrong usage, as for systemd's own tools; the argument parser's code is another.
    package static let usage = ExitCode(2)
    /// Not everything is up, or in effect.
    package static let waiting = ExitCode(3)
    /// `EX_CONFIG` of sysexits.h.
    package static let configuration = ExitCode(78)

    /// Ends pvpgen with a status that is not 0.
    package static func end(with status: Int32) throws { if status != 0 { throw ExitCode(status) } }
}
