import Testing

@testable import Config

@Suite("[Guest] Machine=") struct MachineTests {
    @Test(arguments: ["q35", "pc-q35-7.2", "pc-q35-rhel9.4.0"])
    func machinesWithTheBusesThatDevicesHavePlacesOn(_ text: String) {
        #expect(ValueType<String>.machine.read(text) == text)
    }

    @Test(arguments: [
        "", "pc", "pc-i440fx-7.2", "pc-q35-", "pc-q35-7.2'/>", "pc-q35-7 2", "pc-q35-7,usb=on", "microvm",
    ])
    func others(_ text: String) { #expect(ValueType<String>.machine.read(text) == nil) }
}
