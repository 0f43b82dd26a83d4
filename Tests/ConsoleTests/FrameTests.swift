import Testing

@testable import Console

@Suite("Frames between a console and its clients")
struct FrameTests {
    private static let all: [Frame] = [
        .hello(role: .control, replay: 0), .hello(role: .view, replay: 0xffff_ffff), .input([]), .input([0, 255, 10]),
        .window(rows: 1, columns: 65535), .window(rows: 24, columns: 80),
        .ask(Array("show port info 0".utf8), timeout: 10_000),
        .ask([], timeout: 0xffff_ffff), .welcome(role: .view, name: "testpmd-ü"),
        .output(Array(repeating: 7, count: 70_000)),
        .answer(.done, []), .answer(.wrong, [1]), .answer(.timeout, []), .answer(.ended, [2]),
        .answer(.refused, Array("no".utf8)),
        .end("bye"),
    ]

    private func isMalformed(_ bytes: [UInt8], _ reader: inout FrameReader) -> Bool { (try? reader.read(bytes)) == nil }

    @Test("What was written is what is read, alone and all together")
    func roundTrip() throws {
        var one = FrameReader()
        #expect(try one.read(Self.all.flatMap(\.bytes)) == Self.all)
        #expect(one.count == 0)
        for frame in Self.all {
            var reader = FrameReader()
            #expect(try reader.read(frame.bytes) == [frame])
        }
    }

    @Test("Wherever the bytes are cut")
    func cuts() throws {
        let frames = Self.all.filter { $0.bytes.count < 100 }
        let bytes = frames.flatMap(\.bytes)
        for cut in 0...bytes.count {
            var reader = FrameReader()
            let read = try reader.read(bytes[..<cut]) + reader.read(bytes[cut...])
            #expect(read == frames, "cut at \(cut)")
        }
        var reader = FrameReader()
        let read = try bytes.flatMap { try reader.read([$0]) }
        #expect(read == frames)
    }

    @Test(
        "What is no frame ends it",
        arguments: [
            [0x00, 0, 0, 0], [0x7a, 0, 0, 1, 5], [0x48, 0, 0, 4, 0, 0, 0, 0], [0x48, 0, 0, 5, 2, 0, 0, 0, 0],
            [0x57, 0, 0, 4, 0, 0, 0, 80],
            [0x57, 0, 0, 4, 0, 24, 0, 0], [0x57, 0, 0, 3, 0, 24, 0], [0x41, 0, 0, 3, 0, 0, 0], [0x77, 0, 0, 0],
            [0x77, 0, 0, 1, 9],
            [0x61, 0, 0, 0], [0x61, 0, 0, 1, 5],
        ] as [[UInt8]])
    func malformed(_ bytes: [UInt8]) {
        var reader = FrameReader()
        #expect(isMalformed(bytes, &reader))
    }

    @Test("One that is too long is refused by its head, before it fills the memory")
    func tooLong() throws {
        var reader = FrameReader(limit: 10)
        #expect(
            try reader.read(Frame.input(Array(repeating: 1, count: 10)).bytes) == [
                .input(Array(repeating: 1, count: 10))
            ])
        #expect(isMalformed([0x49, 0, 0, 11], &reader))
        var other = FrameReader()
        #expect(isMalformed([0x49, 0x10, 0, 1], &other))
    }

    @Test("The longest frame can be written and read")
    func longest() throws {
        let frame = Frame.output(Array(repeating: 1, count: Frame.limit))
        var reader = FrameReader()
        #expect(try reader.read(frame.bytes) == [frame])
    }
}
