package import Installation
import JSON
package import Linux

extension VerbOutput {
    /// Runs the body with a runner for the machine or tree below `root`, and prints each event.
    /// These members of the events are added to the document.
    package func events<Result>(
        _ members: Set<String>, in root: Root, isDry: Bool, _ body: (CommandRunner) throws -> Result
    ) throws -> Result {
        var events: [InstallEvent] = []
        let runner = CommandRunner(root: root, isDry: isDry) { event in
            events.append(event)
            self.print(event.text(isDry: isDry, root: root.prefix), terminator: "")
        }
        defer {
            add(.object((events.json.object ?? []).filter { members.contains($0.name) }))
            if !isDry, events.contains(where: \.isChange) { markChanged() }
        }
        return try body(runner)
    }
}
