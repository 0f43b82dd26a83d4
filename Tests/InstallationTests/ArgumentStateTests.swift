import Installation
import Testing

@Suite struct ArgumentStateTests {
    private static func manifest(_ arguments: [String], boot: String) -> Manifest {
        var manifest = Manifest()
        manifest.arguments = arguments
        manifest.boot = boot
        return manifest
    }

    @Test(
        arguments: [
            ("a=1", nil, "present"), ("b=1", nil, "missing"),
            ("c=1", nil, "other value; this kernel was booted with c=2 c=3"),
            ("b=1", manifest(["b=1"], boot: "now"), "not booted yet"),
            ("b=2", manifest(["b=1"], boot: "now"), "missing"),
            ("c=1", manifest(["c=1"], boot: "now"), "not booted yet; this kernel was booted with c=2 c=3"),
            ("b=1", manifest(["b=1"], boot: "before"), "given to the boot loader, but this boot came without it"),
            ("a=1", manifest(["a=1"], boot: "before"), "present"),
            ("d-e=1", nil, "other value; this kernel was booted with d_e=2"),
            ("quiet", nil, "present"),
            ("nohz_full=1-3", nil, "present"), ("isolcpus=domain,4", nil, "present"),
            ("isolcpus=managed_irq,domain,4", nil, "other value; this kernel was booted with isolcpus=4"),
            ("rcu_nocbs=1-2", manifest(["rcu_nocbs=1,2"], boot: "now"), "not booted yet"),
        ] as [(String, Manifest?, String)])
    func reasons(_ argument: String, _ manifest: Manifest?, _ explanation: String) {
        let states = ArgumentState.all(
            [argument], cmdline: "BOOT_IMAGE=/v c=2 quiet a=1 c=3 d_e=2 aa=1 nohz_full=1,2,3 isolcpus=4\n", boot: "now",
            installed: manifest)
        #expect(states.map(\.explanation) == [explanation])
    }
}
