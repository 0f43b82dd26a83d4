import Linux
import TestSupport

@testable import TrafficGenerator

/// A generator and a reflector that are connected to each other, without hugepages.
struct ReflectorPair {
    private let programs: [TrafficProgram]
    let generator: GeneratorConnection
    let reflector: GeneratorConnection

    init(_ tree: Tree) throws {
        let device = "socket=\(tree.path)/memif.sock,socket-abstract=no"
        let reflector = try TrafficProgram(
            in: tree, "reflector", devices: ["net_memif0,role=server,\(device)"], isReflector: true)
        let generator = try TrafficProgram(in: tree, "generator", devices: ["net_memif0,role=client,\(device)"])
        programs = [generator, reflector]
        self.generator = try generator.connect()
        self.reflector = try reflector.connect()
        // The two ends find each other in the background.
        for _ in 0..<200 where try !self.generator.status().ports[0].isLinkUp {
            MonotonicClock.sleep(milliseconds: 50)
        }
    }
}
