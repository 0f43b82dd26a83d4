import Diagnostics
import Linux
import TestSupport
import Testing

@testable import MeasurementActions

@Suite struct ResultStoreTests {
    @Test("a result is written as document, summary and page, and read again")
    func written() throws {
        let tree = try Tree()
        let store = ResultStore("testpmd-1", in: tree.path + "/results")
        try store.write(SimulatedSetup.empty)
        #expect(try ResultStore.read(store.document) == SimulatedSetup.empty)
        try store.finish(SimulatedSetup.empty)
        #expect(try Root.machine.text(store.page).hasPrefix("<!DOCTYPE html>"))
        #expect(try Root.machine.text(store.summary).hasPrefix("# PVP measurement testpmd-1"))
        #expect(ResultStore(document: store.document) == store)
    }

    @Test("a result that cannot be written leaves the former one, and names the remedy")
    func full() throws {
        let tree = try Tree()
        let store = ResultStore("testpmd-1", in: tree.path)
        try store.write(SimulatedSetup.empty)
        let blocked = ResultStore("blocked", in: tree.path + "/testpmd-1.json")
        let problem = #expect(throws: Problem.self) { try blocked.write(SimulatedSetup.empty) }
        #expect(problem?.code == .resultNotWritten)
        #expect(try ResultStore.read(store.document) == SimulatedSetup.empty)
    }

    @Test("content that is no result names its file")
    func malformed() throws {
        let tree = try Tree(["/other.json": "{\"schema\": \"pvpgen.plan/1\"}"])
        let problem = #expect(throws: Problem.self) { try ResultStore.read(tree.path + "/other.json") }
        #expect(problem?.code == .resultSchema)
        #expect(problem?.message.hasPrefix("\(tree.path)/other.json: ") == true)
    }
}
