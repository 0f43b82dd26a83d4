import Config
import Diagnostics
import Linux
import Plan

extension GuestDisk {
    /// What is written at each start.
    func prepareStart() throws(Problem) {}

    /// What is done once to a disk that is new.
    func prepareDisk() throws(Problem) {}

    /// The part of the preparation that is in the disk and stays there.
    func preparation() throws(Problem) -> String { disk.preparation.rawValue }
}
