/// The states of the command line, what can happen to it, and what a transition does.
/// `docs/development/command-multiplexer.md` has the same as tables.
extension CommandMultiplexer {
    /// The state of the command line. The initial one is `busy`, because the first prompt has to
    /// come.
    enum State: String, CaseIterable {
        /// The prompt waits on an empty row.
        case free
        /// The prompt waits, and clients have typed part of a line.
        case typing
        /// A prompt has to come: testpmd starts, or runs what clients entered.
        case busy
        /// The same, and clients have typed part of the next line.
        case typingAhead
        /// The command of a question was entered on an empty row, and its echo has to come.
        case asking
        /// The line that clients have typed is saved in the editor's cut buffer, a command was
        /// entered, and its echo has to come.
        case saving
        /// The answer is printed.
        case answering
        /// The time of the question is over, and its command still runs. A saved line is still in
        /// the cut buffer.
        case overdue
        /// testpmd has ended.
        case ended
    }

    /// Something that happens to the command line.
    enum Event: String, CaseIterable {
        /// Clients type.
        case input
        /// A key of a line goes to the terminal.
        case key
        /// Enter or Ctrl-C goes to the terminal: testpmd will print a prompt for it.
        case enter
        /// A question waits.
        case question
        /// The echo of the question's command is complete.
        case echo
        /// A fresh prompt: what was entered first is over, and more prompts have to come.
        case prompt
        /// A fresh prompt, and no other has to come.
        case lastPrompt
        /// The editor has drawn its row again on request: what was entered before the request is
        /// over, and more prompts have to come.
        case redraw
        /// The same, and no other has to come.
        case lastRedraw
        /// A saved line or held keys wait, and no question is to be put before them.
        case resume
        /// The time of the question is over.
        case timeout
        /// The console stops testpmd.
        case quit
        /// testpmd has ended.
        case end
    }

    /// What a transition does, beside the change of the state.
    enum Action: String, CaseIterable {
        /// Send the keys to the terminal.
        case pass
        /// Keep the keys until the answer is complete.
        case hold
        /// Move the line that clients have typed to the editor's cut buffer.
        case save
        /// Enter the command of the next question.
        case ask
        /// Paste the saved line, and send the keys that were held.
        case restore
        /// Remove the prompts that have come from those that have to come.
        case advance
        /// End the question with its answer.
        case answer
        /// End the question without an answer, because its echo was not recognized.
        case lose
        /// End the question because its time is over.
        case expire
        /// End all questions because testpmd has ended.
        case abandon
        /// Drop the saved line and the held keys, and type the commands that end testpmd.
        case quit
    }

    /// What follows an event in a state.
    enum Transition: Hashable {
        /// Enter another state, then do this in order.
        case go(State, [Action] = [])
        /// Do this in order; the state remains.
        case stay([Action] = [])
        /// The event cannot occur in the state. It changes nothing if it does.
        case impossible
    }

    /// Which clients are shown what the terminal shows.
    enum View: Hashable {
        /// All clients.
        case open
        /// No client: it belongs to a question.
        case hidden
        /// All clients, up to where the line that they have typed is saved for a question. There
        /// the row is erased the last time before the echo.
        case undecided
    }
}

extension CommandMultiplexer.State {
    /// Which clients are shown what the terminal shows.
    var view: CommandMultiplexer.View {
        switch self {
        case .asking, .answering: .hidden
        case .saving: .undecided
        case .free, .typing, .busy, .typingAhead, .overdue, .ended: .open
        }
    }

    /// Whether a question was put and its echo or its answer has to come.
    var hasQuestion: Bool { self == .asking || self == .saving || self == .answering }

    /// Whether the next prompt ends something.
    var awaitsPrompt: Bool { self == .busy || self == .typingAhead || self == .overdue || self == .answering }
}
