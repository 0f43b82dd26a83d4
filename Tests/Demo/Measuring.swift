import Foundation
import Lab
import LabTools

extension PVPHost {
    /// Runs `pvpgen measure`, with short trials because the machine is emulated, and copies the
    /// result into a folder. Returns the path of the page.
    func measure(into folder: String) throws -> String {
        let goals = ["ndr:width=0.1,final=0.5,sum=3", "pdr:loss=0.005,width=0.1,final=0.5,sum=3"]
        progress("pvpgen measure")
        let measured = try shell.attempt(
            ["pvpgen", "measure", "--maximum-rate=5000"] + goals.map { "--goal=demo-\($0)" }, within: 2 * Limit.start)
        progress.print(measured.output)
        guard measured.status == 0 else { throw LabFailure("pvpgen measure: ended with \(measured.status)") }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for type in ["json", "md", "html"] {
            let text = try shell.run(["sh", "-c", "cat /var/lib/pvpgen/results/*.\(type)"])
            try text.write(toFile: "\(folder)/measurement.\(type)", atomically: true, encoding: .utf8)
        }
        return "\(folder)/measurement.html"
    }
}
