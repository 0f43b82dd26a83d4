extension CommandMultiplexer.State {
    /// Returns what follows `event`. The compiler checks that each pair of a state and an event has
    /// its entry.
    func after(_ event: CommandMultiplexer.Event) -> CommandMultiplexer.Transition {
        switch self {
        case .free:
            switch event {
            case .input: .stay([.pass])
            case .key: .go(.typing)
            case .enter: .go(.busy)
            case .question: .go(.asking, [.ask])
            case .resume: .stay([.restore])
            // A line of another thread can end like a prompt.
            case .lastPrompt: .stay()
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            case .echo, .prompt, .redraw, .lastRedraw, .timeout: .impossible
            }
        case .typing:
            switch event {
            case .input: .stay([.pass])
            case .key: .stay()
            case .enter: .go(.busy)
            case .question: .go(.saving, [.save, .ask])
            case .lastPrompt: .stay()
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            case .echo, .prompt, .redraw, .lastRedraw, .resume, .timeout: .impossible
            }
        case .busy:
            switch event {
            case .input: .stay([.pass])
            case .key: .go(.typingAhead)
            case .enter: .stay()
            case .question: .stay()
            case .prompt, .redraw: .stay([.advance])
            case .lastPrompt, .lastRedraw: .go(.free, [.advance])
            // Keys that were held when the console stopped testpmd.
            case .resume: .stay([.restore])
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            case .echo, .timeout: .impossible
            }
        case .typingAhead:
            switch event {
            case .input: .stay([.pass])
            case .key: .stay()
            case .enter: .go(.busy)
            case .question: .stay()
            case .prompt, .redraw: .stay([.advance])
            case .lastPrompt, .lastRedraw: .go(.typing, [.advance])
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            case .echo, .resume, .timeout: .impossible
            }
        case .asking, .saving:
            switch event {
            case .input: .stay([.hold])
            // Those of the commands that end testpmd.
            case .key, .enter: .stay()
            case .question, .resume: .stay()
            case .echo: .go(.answering)
            // The prompt at which the command was entered.
            case .prompt, .lastPrompt: .stay()
            case .redraw: .go(.busy, [.advance, .lose])
            case .lastRedraw: .go(.free, [.advance, .lose])
            case .timeout: .go(.overdue, [.expire])
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            }
        case .answering:
            switch event {
            case .input: .stay([.hold])
            case .key, .enter: .stay()
            case .question, .resume: .stay()
            case .prompt, .redraw: .go(.busy, [.advance, .answer])
            case .lastPrompt, .lastRedraw: .go(.free, [.advance, .answer])
            case .timeout: .go(.overdue, [.expire])
            case .quit: .stay([.quit])
            case .end: .go(.ended, [.abandon])
            case .echo: .impossible
            }
        case .overdue:
            switch event {
            // The keys go behind the saved line.
            case .input: .go(.busy, [.restore, .pass])
            case .question: .stay()
            case .prompt, .redraw: .stay([.advance])
            case .lastPrompt, .lastRedraw: .go(.free, [.advance])
            case .resume: .go(.busy, [.restore])
            case .quit: .go(.busy, [.quit])
            case .end: .go(.ended, [.abandon])
            case .key, .enter, .echo, .timeout: .impossible
            }
        case .ended: .stay()
        }
    }
}
