import Diagnostics
import HelperCalls
import Linux
import Plan
import TrafficGenerator
import Values

/// pvp-traffic on another host, for the time of a measurement: ssh starts it there, and forwards
/// its control socket. It ends with this process, because its standard input is ssh's.
final class RemoteTraffic {
    let connection: GeneratorConnection
    private let ssh: RunningCommand

    /// Milliseconds in which ssh has to connect and pvp-traffic has to listen.
    private static let limit = 60_000

    /// The command line of ssh(1) for a generator whose socket becomes `socket` on this host. What
    /// ssh passes to the shell of the other host are words in quotes.
    static func command(_ remote: RemoteGenerator, name: String, socket: String) -> [String] {
        let cpus = remote.cpus.cpus
        let far = "/run/pvp-traffic-\(name).sock"
        let virtual = remote.devices.filter { PCIAddress(String($0.prefix { $0 != "," })) == nil }
        let call = TrafficCall(
            name: name, mainLcore: cpus[0], lcores: CPUSet(Array(cpus.dropFirst())),
            memory: remote.memory == 0 ? [] : [Int(remote.memory >> 20)],
            nics: remote.devices.filter { !virtual.contains($0) }, devices: virtual, socket: far)
        let program = ["/usr/lib/pvpgen/\(TrafficCall.program)"] + call.arguments + ["--until-eof"]
        return [
            "ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ExitOnForwardFailure=yes",
            "-o", "StreamLocalBindUnlink=yes", "-L", "\(socket):\(far)", "--", remote.host,
        ] + program.map(Self.quoted)
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "-_=,./:@".utf8.contains(byte)
        }
        if isPlain { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Starts pvp-traffic and connects to it. Throws `generator-failed` with the last line that ssh
    /// or pvp-traffic printed, `program-missing` without ssh.
    init(_ remote: RemoteGenerator, name: String) throws(Problem) {
        let directory = "/run/pvp-traffic-\(name)"
        do throws(SystemError) {
            try Root.machine.makeDirectory(directory, mode: 0o700)
        } catch {
            throw error.problem(.generatorFailed, remedy: "check that /run can be written to")
        }
        let socket = "\(directory)/remote.sock"
        ssh = try RunningCommand(Command(Self.command(remote, name: name, socket: socket)))
        let end = MonotonicClock.now + Self.limit
        while true {
            // ssh accepts a connection before pvp-traffic does: only an answer counts.
            if let connection = try? GeneratorConnection(socket), (try? connection.status()) != nil {
                self.connection = connection
                return
            }
            guard ssh.isRunning, MonotonicClock.now < end else {
                throw Problem(
                    .generatorFailed, "generator \(name): \(remote.host): \(ssh.lastLine)",
                    remedy: "check that 'ssh \(remote.host)' asks for no password, and that pvpgen is installed there")
            }
            MonotonicClock.sleep(milliseconds: 200)
        }
    }
}
