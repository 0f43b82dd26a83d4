import Diagnostics
import Measurement
import MeasurementActions
import MeasurementResults
import TrafficGenerator
import Verbs

/// Prints the steps and trials of a measurement, and writes its result after each of them.
struct MeasureProgress: MeasurementObserver {
    let output: VerbOutput
    let journal: TrialJournal
    /// Where the result is written.
    let store: ResultStore?
    let directory: String

    func step(_ text: String) { output.print(text) }

    func trial(_ trial: CompletedTrial, remaining: Duration?) {
        output.print("  " + trial.text(remaining: remaining))
        journal.write(trial)
    }

    func changed(_ result: MeasurementResult) throws(Problem) {
        try (store ?? ResultStore(result.name, in: directory)).write(result)
    }
}
