import BootLoader
import Testing

@Suite struct SharedFormatTests {
    static let texts: [(SharedFormat, String)] = [
        (.cmdline, "root=UUID=x ro quiet\n"), (.cmdline, "root=UUID=x ro quiet"), (.cmdline, ""),
        (.cmdline, "root=x \n\n"),
        (.entry, "title A\nlinux /vmlinuz\noptions root=x ro\n"),
        (.entry, "title A\noptions   root=x ro  $tuned_params \nlinux /v"),
        (.entry, "linux /v\n"), (.entry, "options a\noptions b\nlinux /v\n"), (.entry, "linux /v\noptions \n"),
        (.grub, "GRUB_CMDLINE_LINUX=\"rhgb quiet\"\nGRUB_TIMEOUT=5\n"), (.grub, "GRUB_CMDLINE_LINUX=\"\""),
        (.grub, "GRUB_TIMEOUT=5"),
        (.grub, "GRUB_CMDLINE_LINUX='a \"b\"' # c\n"), (.grub, "GRUB_CMDLINE_LINUX=quiet\n"),
        (.grub, "GRUB_CMDLINE_LINUX=\"a\"\"b\"\n"),
        (.grub, "GRUB_CMDLINE_LINUX=\"a \\\"b\\\" c\"\n"), (.grub, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n"),
        (.grubDefault, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"x\"\n"),
        (.grub, "GRUB_CMDLINE_LINUX="), (.grub, ""),
    ]
    static let arguments = ["hugepagesz=1G", "hugepages=4", "isolcpus=1-3", "dyndbg=\"file a +p\""]

    @Test(arguments: texts) func whatIsAddedIsThereAndTakenOutAgainByteByByte(_ format: SharedFormat, _ text: String) {
        let before = Array(text.utf8)
        let (after, added) = format.adding(Self.arguments, to: before)
        #expect(added.count == 3 && format.contains(added, in: after))
        #expect(format.adding(Self.arguments, to: after).added == [])
        #expect(format.adding(Self.arguments, to: after).text == after)
        let back = String(decoding: format.removing(added, from: after), as: UTF8.self)
        // A last line without an end gets one when another comes behind it.
        #expect(back == text || back == text + "\n")
    }

    /// All earlier content stays, in its order, before and after another process appends something.
    @Test(arguments: texts) func othersStayAsTheyAre(_ format: SharedFormat, _ text: String) {
        let before = format.words(in: Array(text.utf8))
        let (after, added) = format.adding(Self.arguments, to: Array(text.utf8))
        let words = format.words(in: after).filter { !$0.hasPrefix("$GRUB") }
        #expect(words.starts(with: before))
        let (more, other) = format.adding(["late=1"], to: after)
        #expect(
            format.words(in: format.removing(added, from: more)).filter { !$0.hasPrefix("$GRUB") } == before + other)
    }

    @Test(arguments: [
        (["a=1"], "x a=1 y", [String]()), (["a=1"], "x a=12 b.a=1 y", ["a=1"]), (["a"], "ab a=1 -a", ["a"]),
        (["hugepagesz=1G", "hugepages=4"], "hugepagesz=1G hugepages=4", []),
        // Four pages of another size are not four of this one.
        (["hugepagesz=1G", "hugepages=4"], "hugepages=4", ["hugepagesz=1G hugepages=4"]),
        (
            ["hugepagesz=2M", "hugepages=1", "hugepagesz=1G", "hugepages=1"], "",
            ["hugepagesz=2M hugepages=1", "hugepagesz=1G hugepages=1"]
        ),
    ])
    func onlyWhatIsMissingIsAdded(_ wanted: [String], _ text: String, _ added: [String]) {
        #expect(SharedFormat.cmdline.adding(wanted, to: Array(text.utf8)).added == added)
    }

    /// As grubby and grub2-mkconfig leave things: in another order, or gone.
    @Test(arguments: [
        ("b=2 x a=1 y", "x y"), ("x y", "x y"), ("hugepages=4 x hugepagesz=1G a=1", "x"), ("a=1 a=1", "a=1"),
        ("xa=1 a=12", "xa=1 a=12"),
    ])
    func whatIsOursIsFoundWhereverItIs(_ text: String, _ left: String) {
        let ours = ["a=1", "b=2", "hugepagesz=1G hugepages=4"]
        let text = SharedFormat.cmdline.removing(ours, from: Array(text.utf8))
        #expect(SharedFormat.cmdline.words(in: text) == left.split(separator: " ").map(String.init))
    }

    /// What a shell would do something with.
    @Test func aShellTakesThemAsTheyAre() {
        let (text, added) = SharedFormat.grub.adding(["a=\"$b`c\\d\""], to: Array("GRUB_CMDLINE_LINUX=\"\"\n".utf8))
        #expect(String(decoding: text, as: UTF8.self) == "GRUB_CMDLINE_LINUX=\" a=\\\"\\$b\\`c\\\\d\\\"\"\n")
        #expect(SharedFormat.grub.removing(added, from: text) == Array("GRUB_CMDLINE_LINUX=\"\"\n".utf8))
    }
}
