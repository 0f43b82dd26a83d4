import Diagnostics

extension CodeGroup {
    static let trex = CodeGroup(
        "TRex",
        [
            CodeDocumentation(
                .trexAddress, "The address of TRex is invalid",
                """
                The address of TRex's RPC server is not HOST, HOST:PORT or [IPV6]:PORT, or its ports are not two.
                The text has a typing error, or an IPv6 address with a port has no brackets.
                Correct the address or the ports; without a port it is 4501.
                """),
            CodeDocumentation(
                .trexSilent, "TRex does not answer",
                """
                No answer of TRex's RPC server came within 5 s.
                TRex does not run in interactive mode, the address is another one, or a firewall drops packets.
                Start TRex with './t-rex-64 -i' and check that its TCP port, 4501 by default, can be reached.
                """),
            CodeDocumentation(
                .trexMalformed, "TRex answers in another form than its protocol has",
                """
                An answer is not JSON-RPC, or has not the values that TRex's specification names.
                The port belongs to another program, or TRex has a version with another protocol.
                Check the address, and that TRex is a version from 3.0.
                """),
            CodeDocumentation(
                .trexRefused, "TRex refuses a command",
                """
                TRex answers with an error, whose number and text are in the message.
                A port does not exist, a rate is above the line rate, or another client has acquired the port.
                Correct what the message names.
                """),
            CodeDocumentation(
                .trexVersion, "The version of TRex is not supported",
                """
                TRex is older than 3.0, has another API than STL 5.1, or runs in another mode than stateless.
                It is an old installation, a later release, or was started with '--astf'.
                Start a TRex from 3.0 to 3.08 with './t-rex-64 -i'.
                """),
            CodeDocumentation(
                .trexBusy, "A port of TRex is in use by another client",
                """
                Another client has acquired the port; its name is in the message.
                A console or a measurement uses the port, or one has ended without releasing it.
                Stop that client, or run 'acquire --force' and 'release' in trex-console.
                """),
        ])
}
