/// How long the lab waits, in seconds. Generous: a test machine may be slow, and each wait ends as
/// soon as it can.
package enum Limit {
    /// From power-on or reboot to an answer on ssh; 60 to 100 s on two free CPUs.
    package static let boot = 400
    /// For `systemctl start pvp.target`; 40 s on two free CPUs.
    package static let start = 300
    /// For the same with a guest of a whole Debian, whose image is fetched and which boots until
    /// ssh answers; 4 min on two free CPUs.
    package static let server = 900
    /// For the guest's kernel, from its unit being ready to the first frame.
    package static let guest = 180
    /// For the package's installation, which loads a module of SELinux policy where that is on; 10
    /// s without.
    package static let package = 600
    /// For a command that does little.
    package static let command = 60
}
