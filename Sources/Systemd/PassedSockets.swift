import CSystemd
import Glibc
public import Linux

/// The sockets that the service manager passed to this process, with their names (`sd_listen_fds_with_names(3)`, `FileDescriptorName=`).
/// Children get none of them.
public func passedSockets() -> [(name: String, descriptor: Descriptor)] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = sd_listen_fds_with_names(1, &names)
    defer {
        for index in 0..<Int(max(0, count)) { free(names?[index]) }
        free(names)
    }
    guard count > 0 else { return [] }
    return (0..<count).map { index in
        let number = SD_LISTEN_FDS_START + index
        // What is read in a loop must never wait.
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
        return (names?[Int(index)].map { String(cString: $0) } ?? "", Descriptor(owning: number))
    }
}
