import Foundation

@testable import UnitFile

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A text of up to `length` characters out of those that quoting and escaping care about.
    mutating func text(_ length: Int, from pieces: [String]) -> String {
        (0..<Int.random(in: 0...length, using: &self)).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &self)]
        }.joined()
    }
}

enum Pieces {
    static let plain = [
        "a", "b", "Z", "0", "9", ".", "-", "_", ":", "@", "/", "=", ",", "+", "[", "]", "{", "}", "#", "!", "~", "é",
        "€", "🐧",
    ]
    static let special = [
        " ", "  ", "\"", "'", "\\", "\\\\", ";", "$", "%", "%%", "$$", "${A}", "%n", "\\n", "\\x41", "`", "*", "?",
    ]
    static let controls = ["\t", "\n", "\r", "\r\n", "\u{1}", "\u{7}", "\u{8}", "\u{B}", "\u{C}", "\u{1B}", "\u{7F}"]
    /// U+FFFE, which Swift takes and systemd does not.
    static let noncharacter = String(decoding: [0xEF, 0xBF, 0xBE], as: UTF8.self)
    static let all = plain + special + controls
}

/// What a program wrote.
struct Output {
    var status: Int32
    var text: String
    var errors: String
}

/// Runs a program of the installed systemd to its end, for at most a minute.
func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Output {
    let process = Process()
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: "unitfile-\(UUID().uuidString).stderr")
    try Data().write(to: errors, options: .withoutOverwriting)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["60", "/usr/bin/" + program] + arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let told = try String(decoding: Data(contentsOf: errors), as: UTF8.self)
    return Output(status: process.terminationStatus, text: String(decoding: data, as: UTF8.self), errors: told)
}

/// Gives the body a directory of its own and removes it.
func withDirectory<T>(_ body: (URL) throws -> T) throws -> T {
    let directory = FileManager.default.temporaryDirectory.appending(path: "unitfile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: directory) }
    return try body(directory)
}

/// Lets the systemd that is installed read a service, and returns the parsed settings.
func asSystemdReads(_ service: UnitFile) throws -> Output {
    try withDirectory { directory in
        let file = directory.appending(path: "t.service")
        try Data(service.bytes).write(to: file)
        return try run(
            "systemd-analyze", ["verify", "--man=no", "--generators=no", file.path],
            environment: ["SYSTEMD_LOG_LEVEL": "debug", "SYSTEMD_UNIT_PATH": directory.path])
    }
}

extension Output {
    /// The argument vectors that systemd has read, in order.
    var commandLines: [[String]] {
        values("Command Line").map(dequoted)
    }

    /// Undoes what `systemd-analyze` does to print a command line: double quotes with backslashes,
    /// and octal numbers.
    private func dequoted(_ line: String) -> [String] {
        var words: [[UInt8]] = []
        var bytes = Array(line.utf8)[...]
        var isInWord = false
        var isQuoted = false
        let letters: [UInt8: UInt8] = [97: 7, 98: 8, 116: 9, 110: 10, 118: 11, 102: 12, 114: 13]
        while let byte = bytes.popFirst() {
            if byte == Byte.space, !isQuoted {
                isInWord = false
                continue
            }
            if !isInWord {
                words.append([])
                isInWord = true
            }
            if byte == Byte.quote {
                isQuoted.toggle()
            } else if byte == Byte.backslash, isQuoted, let next = bytes.popFirst() {
                if (0x30...0x37).contains(next) {
                    let rest = bytes.prefix(2)
                    bytes = bytes.dropFirst(2)
                    words[words.count - 1].append(rest.reduce(next - 0x30) { $0 << 3 | ($1 - 0x30) })
                } else {
                    words[words.count - 1].append(letters[next] ?? next)
                }
            } else {
                words[words.count - 1].append(byte)
            }
        }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What systemd says about a line of the file.
    var warnings: [Substring] {
        errors.split(separator: "\n").filter { $0.contains(/t\.service:[0-9]/) }
    }

    /// The lines that start with that label, without it.
    func values(_ label: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            let line = line.drop { $0 == "\t" }
            return line.hasPrefix(label + ": ") ? String(line.dropFirst(label.count + 2)) : nil
        }
    }
}

/// Whether the lines cover the bytes without gap or overlap, and reading again what is printed
/// gives the same.
func isLossless(_ file: UnitFile) -> Bool {
    var end = 0
    for line in file.lines {
        guard line.range.lowerBound == end, !line.range.isEmpty else { return false }
        end = line.range.upperBound
    }
    return end == file.bytes.count && UnitFile(name: file.name, bytes: file.bytes) == file
}

func parse(_ bytes: [UInt8]) -> UnitFile {
    UnitFile(name: "test.service", bytes: bytes)
}

func parse(_ text: String) -> UnitFile {
    UnitFile(name: "t.conf", bytes: Array(text.utf8))
}
