/// A prompt that lines of other threads have torn to pieces.
struct TornPrompt {
    private let prompt: [UInt8]
    /// How much of the prompt has come before such lines.
    private var count = 0

    init(_ prompt: [UInt8]) { self.prompt = prompt }

    /// Takes what stands on a row before another thread's line. True when that is the next piece of
    /// the prompt.
    mutating func take(_ start: ArraySlice<UInt8>) -> Bool {
        guard count + start.count < prompt.count, prompt[count...].starts(with: start) else {
            count = 0
            return false
        }
        count += start.count
        return !start.isEmpty
    }

    /// Returns the pieces that came before, when the rest of the prompt begins this row.
    func missing(before row: [UInt8]) -> [UInt8] {
        count > 0 && row.starts(with: prompt[count...]) ? Array(prompt[..<count]) : []
    }

    mutating func reset() { count = 0 }
}
