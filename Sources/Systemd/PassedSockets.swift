package import Linux

/// The sockets that the service manager passed to this process, with their names
/// (`FileDescriptorName=`); none if they are for another. Children get none of them. The protocol
/// is `sd_listen_fds(3)`'s: `$LISTEN_PID`, `$LISTEN_FDS`, `$LISTEN_FDNAMES`, numbers from 3 on.
package func passedSockets() -> [(name: String, descriptor: Descriptor)] { passedSockets(from: 3) }

/// In a process of many threads, such as a test's, the numbers from 3 on have owners.
func passedSockets(from first: Int32) -> [(name: String, descriptor: Descriptor)] {
    guard Environment["LISTEN_PID"].flatMap(Int32.init) == CurrentProcess.id,
        let count = Environment["LISTEN_FDS"].flatMap(Int32.init),
        count > 0
    else { return [] }
    let names =
        Environment["LISTEN_FDNAMES"]?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
    for variable in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { Environment.remove(variable) }
    return (0..<count).map { index in
        (names.indices.contains(Int(index)) ? names[Int(index)] : "", Descriptor(inherited: first + index))
    }
}
