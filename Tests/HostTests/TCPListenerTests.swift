import Testing
import Values

@testable import HostActions

@Suite struct TCPListenerTests {
    private let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
           1: 0100007F:1F90 0100007F:0016 01 00000000:00000000 00:00000000 00000000     0        0 2
           2: 00000000:08AE 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3

        """

    @Test func onlyListenersAreRead() {
        let found = TCPListener.read(table)
        #expect(found.map(\.port) == [22, 2222] && found.map(\.isWildcard) == [false, true])
        #expect(found.first?.address == IPv4Address("127.0.0.1"))
        let six = TCPListener.read("head\n0: 00000000000000000000000001000000:0016 00:0000 0A\n")
        #expect(six.map(\.port) == [22] && six.first?.address == nil && six.first?.isWildcard == false)
    }

    @Test(arguments: [
        ("22", true), ("23", false), ("127.0.0.1:22", true), ("127.0.0.2:22", false), ("[::1]:22", false),
        ("10.0.0.1:2222", true),
        ("[2001:db8::1]:2222", true),
    ]) func oneIsInTheWayOfAnotherOnItsAddress(_ listen: String, _ isInTheWay: Bool) {
        #expect(TCPListener.read(table).contains { $0.conflicts(with: listen) } == isInTheWay)
    }
}
