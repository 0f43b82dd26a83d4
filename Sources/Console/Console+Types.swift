extension Console {
    /// The purpose of a console.
    package struct Settings: Hashable, Sendable {
        /// The name of the testpmd or guest, in messages and for clients.
        package var name: String
        /// What the program shows when it awaits a command, with the space behind; `nil` for one
        /// without a command line.
        package var prompt: String?
        /// Number of started ports that it is ready with.
        package var ports: Int
        /// Whether it is ready only when it forwards.
        package var forwards: Bool
        /// Milliseconds that testpmd has to stop: two thirds for `quit`, then one for `SIGTERM`,
        /// then it gets `SIGKILL`.
        package var stopTimeout: Int
        /// The group whose members may attach.
        package var group = "pvp"
        /// Milliseconds after which a client that has said nothing is taken for a plain one.
        package var greetingTimeout = 50
        /// Bytes that wait for one client at most; one that is slower is sent away.
        package var clientLimit = 256 << 10
        /// Bytes that a new client is shown of what went before.
        package var replayLimit = 64 << 10
        /// Bytes typed that testpmd has not read; the client that exceeds them is sent away.
        package var inputLimit = 1 << 20
        /// Bytes of one frame of a client at most.
        package var requestLimit = 64 << 10
        /// Questions that wait at the same time.
        package var questions = 1024
        /// Bytes of a command that is asked; the line editor takes no more (DPDK:
        /// lib/cmdline/cmdline_rdline.h).
        package var commandLimit = 255
        /// Bytes that wait for the journal at most, and twice that for errors; lines beyond are
        /// counted and left out.
        package var journalLimit = 1 << 20
        /// Lines that the journal gets at once at most, errors aside: as many as journald itself
        /// takes in 30 s (journald.conf(5)).
        package var journalBurst = 10_000
        /// Lines a second that it gets on and on.
        package var journalRate = 333
        /// Bytes of a line in the journal; a longer one is cut into pieces.
        package var lineLimit = 4000
        /// Clients at the same time.
        package var clients = 256

        /// Everything else as usual.
        package init(
            name: String, prompt: String? = "testpmd> ", ports: Int = 0, forwards: Bool = false,
            stopTimeout: Int = 30_000
        ) {
            self.name = name
            self.prompt = prompt
            self.ports = ports
            self.forwards = forwards
            self.stopTimeout = stopTimeout
        }
    }

    /// Where something goes.
    package enum Sink: Hashable, Sendable {
        /// To testpmd, as if typed.
        case terminal
        /// To the journal.
        case journal
        /// A client, by the number that it was given when it connected.
        case client(Int)
    }

    /// A port as telemetry shows it.
    package struct Port: Hashable, Sendable {
        /// testpmd's number for it.
        package var number: Int
        /// Whether it was started.
        package var isStarted: Bool
        /// Whether its link is up.
        package var isUp: Bool
        /// Packets that it has received so far.
        package var received: Int
        /// Packets that it has sent so far.
        package var sent: Int

        /// A port.
        package init(_ number: Int, isStarted: Bool, isUp: Bool, received: Int = 0, sent: Int = 0) {
            self.number = number
            self.isStarted = isStarted
            self.isUp = isUp
            self.received = received
            self.sent = sent
        }
    }

    /// How testpmd ended.
    package enum Ending: Hashable, Sendable {
        /// With a status of 0 to 255.
        case status(Int32)
        /// By a signal.
        case signal(Int32)
    }

    /// What has happened.
    package enum Event: Hashable, Sendable {
        /// testpmd runs as this process.
        case started(Int32)
        /// The terminal has shown these bytes.
        case output([UInt8])
        /// A client has come.
        case connected(Int, Peer)
        /// A client has sent these bytes.
        case input(Int, [UInt8])
        /// A client is gone.
        case disconnected(Int)
        /// The answer to `write`: so many bytes were taken.
        case wrote(Sink, Int)
        /// The answer to `log`: so many entries were taken.
        case logged(Int)
        /// The answer to `await`: more is taken again.
        case writable(Sink)
        /// Telemetry has answered a question of the survey, and more are to come.
        case answered
        /// The answer to `survey`: the ports, or `nil` when telemetry gave no answer.
        case ports([Port]?)
        /// The service manager requests the end.
        case terminate
        /// The program has ended, and its output is read to the end.
        case ended(Ending)
        /// Time has passed: `deadline` is reached.
        case tick
    }

    /// What is to be done about it, in this order.
    package enum Action: Hashable, Sendable {
        /// Write without waiting, then report the number of bytes with `wrote`.
        case write(Sink, [UInt8])
        /// Send to the journal without waiting, then report the number with `logged`.
        case log([JournalEntry])
        /// Report with `writable` when the client accepts more.
        case await(Sink)
        /// Close the connection; there is no `disconnected` for it.
        case close(Int)
        /// Give the terminal this size.
        case resize(rows: Int, columns: Int)
        /// Notify the service manager, `sd_notify(3)`.
        case notify(String)
        /// Query telemetry for the ports, then report with `ports`; an earlier query is given up.
        case survey
        /// Send testpmd a signal.
        case signal(Int32)
        /// One line for people, and what to do about it.
        case report(String, remedy: String)
        /// Write what is left for the journal and exit with this status.
        case exit(Int32)
    }
}
