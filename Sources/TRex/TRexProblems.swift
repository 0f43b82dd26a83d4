import Diagnostics
import JSON

/// An error of a JSON-RPC answer (JSON-RPC 2.0, section 5.1, with TRex's `specific_err`).
struct TRexError: Hashable {
    /// -32768 to -32000: JSON-RPC's and TRex's own (trex_rpc_server_spec, "Error codes").
    var code: Int
    var text: String

    /// The command cannot be executed now, and may be sent again.
    static let tryAgain = -32001

    init(code: Int, text: String) {
        self.code = code
        self.text = text
    }

    /// Reads the member `error`; `nil` for another form.
    init?(_ json: JSON) {
        guard let code = json["code"]?.int else { return nil }
        self.code = code
        let texts = [json["message"]?.string, json["specific_err"]?.string].compactMap { $0 }
        // Some texts have several lines.
        text = texts.joined(separator: ": ").split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension Problem {
    /// TRex refuses a command.
    init(_ address: TRexAddress, refuses method: String, _ error: TRexError) {
        self.init(
            .trexRefused, "TRex at \(address): \(method): error \(error.code): \(error.text)",
            remedy: "correct what the message names, in the configuration or in TRex")
    }

    /// An answer that is not of TRex's protocol.
    init(_ address: TRexAddress, answers method: String, without what: String) {
        self.init(
            .trexMalformed, "TRex at \(address): \(method): expected \(what) in the answer",
            remedy: "check that the address is that of TRex's RPC server")
    }
}
