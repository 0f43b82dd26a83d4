/// What a fake TRex is, and does wrong.
struct FakeTRexBehavior: Sendable {
    var version = "v3.08"
    var mode = "STL"
    var major = 5
    var minor = 1
    /// Other clients' ports and names.
    var owners: [Int: String] = [:]
    /// Errors in answers by method.
    var errors: [String: (code: Int, text: String)] = [:]
    /// How often the errors are answered; after that the method works.
    var errorCount = Int.max
    /// Methods that are executed and not answered.
    var silent: Set<String> = []
    /// Other answers than those of the protocol, by method.
    var nonsense: [String: String] = [:]
    /// Frames per second that the device forwards in each direction.
    var limit = Double.infinity
    /// The part of the frames that the device forwards.
    var forwarded = 1.0
    /// The part of the frames that TRex sends.
    var sent = 1.0
    /// Frames that the receiving NIC drops.
    var receiveErrors = 0
    var sendErrors = 0
    var fullQueues = 0
    var missingBuffers = 0
    var queueDrops = 0
    var cpuLoad = 40
    var linksDown: Set<Int> = []
    /// Links that fail while traffic runs.
    var linksFailing: Set<Int> = []
    /// Seconds after the end of the traffic until counters show it.
    var counterDelay = 0.0
    /// Frames per second that arrive at all times.
    var noise = 0.0
    /// Seconds that each stop takes.
    var stopDelay = 0.0
    /// Whether utilization has the form of the specification, without ports.
    var hasPlainUtilization = false
}
