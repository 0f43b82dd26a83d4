import LabTools
import Linux
import Nspawn

/// A source tree that pvpgen takes for DPDK 24.11.1, and that is compiled in a moment.
struct ToyProject {
    /// Where the container's server has its archive.
    static let directory = "/srv/source"
    static let url = Container.url("dpdk-24.11.1.tar.xz")
    /// A change after which the program cannot be compiled.
    static let brokenPatch = "/etc/pvpgen/broken.patch"

    private static let files = [
        "VERSION": "24.11.1\n", "meson_options.txt": mesonOptions, "meson.build": topMeson, "app/meson.build": appMeson,
        "app/test-pmd/meson.build": "\n", "app/test-pmd/testpmd.c": program, "sandbox.py": sandbox,
    ]

    /// The options that the recipe sets, and the duration of each step.
    private static let mesonOptions = """
        option('cpu_instruction_set', type: 'string', value: 'auto')
        option('developer_mode', type: 'feature', value: 'auto')
        option('enable_apps', type: 'string', value: '')
        option('enable_drivers', type: 'string', value: '')
        option('pause', type: 'string', value: '0')
        option('platform', type: 'string', value: 'native')
        option('tests', type: 'boolean', value: true)

        """

    private static let topMeson = """
        project('DPDK', 'c', version: run_command('cat', files('VERSION'), check: true).stdout().strip())
        message(run_command('python3', files('sandbox.py'), check: true).stdout().strip())
        subdir('app')

        """

    private static let appMeson = """
        parts = []
        foreach name : ['a', 'b', 'c', 'd', 'e', 'f']
          parts += custom_target(name, output: name + '.c', command: ['sh', '-c',
            'sleep ' + get_option('pause') + '; echo "int part_' + name + ';" > @OUTPUT@'])
        endforeach
        executable('dpdk-testpmd', ['test-pmd/testpmd.c'] + parts)

        """

    private static let program = """
        #include <stdio.h>
        int main(void) { return puts("toy testpmd") < 0; }

        """

    /// What a source that cannot be trusted may attempt.
    private static let sandbox = """
        import os, socket
        def attempt(what, action):
            try:
                action()
                return what + ": possible"
            except OSError as error:
                return what + ": " + error.__class__.__name__
        print("sandbox:", ", ".join([
            "user %d" % os.getuid(),
            attempt("connection", lambda: socket.create_connection(("127.0.0.1", \(Container.serverPort)), 2)),
            attempt("process 1", lambda: os.stat("/proc/1/root/etc")),
            attempt("file in /etc", lambda: open("/etc/x", "w")),
            attempt("file in /opt", lambda: open("/opt/x", "w")),
            attempt("file in /usr", lambda: open("/usr/x", "w")),
        ]))

        """

    private static let patch = """
        --- a/app/test-pmd/testpmd.c
        +++ b/app/test-pmd/testpmd.c
        @@ -1,2 +1,2 @@
         #include <stdio.h>
        -int main(void) { return puts("toy testpmd") < 0; }
        +int main(void) { return undeclared; }

        """

    /// The SHA-256 of the archive.
    let checksum: String

    /// Packs it in the container, with so much that cannot be compressed that its download breaks
    /// several times.
    init(in container: Container) throws {
        let tree = "\(Self.directory)/dpdk-24.11.1"
        for (name, text) in Self.files { try container.files.replace("\(tree)/\(name)", with: Array(text.utf8)) }
        try container.files.replace(Self.brokenPatch, with: Array(Self.patch.utf8))
        try container.run([
            "sh", "-c",
            "cd \(Self.directory) && dd if=/dev/urandom of=dpdk-24.11.1/noise bs=1000 count=400 status=none && "
                + "tar --create --xz --file=dpdk-24.11.1.tar.xz dpdk-24.11.1",
        ])
        checksum = String(
            try container.run(["sha256sum", "\(Self.directory)/dpdk-24.11.1.tar.xz"]).prefix { $0 != " " })
    }

    /// A `[Build]` section.
    func section(_ name: String, _ settings: String = "") -> String {
        "[Build]\nName=\(name)\nURL=\(Self.url)\nChecksum=sha256:\(checksum)\n\(settings)"
    }
}
