import Testing
import XML

@testable import Domain

@Suite struct DomainTests {
    @Test("Each interface has a bus of its own, which its number decides, and no two devices share a place")
    func places() {
        let all =
            (0..<128).flatMap { [GuestPCILayout.rootPort($0), GuestPCILayout.interface($0)] } + [
                GuestPCILayout.management, GuestPCILayout.disk, GuestPCILayout.channels, GuestPCILayout.random,
            ]
        let texts = all.map { String(decoding: $0.bytes, as: UTF8.self).replacing(" multifunction='on'", with: "") }
        #expect(Set(texts).count == texts.count)
        #expect(texts[1] == "<address type='pci' bus='0x01' slot='0x00' function='0x0'/>")
        #expect(texts[254] == "<address type='pci' bus='0x00' slot='0x10' function='0x7'/>")
        #expect(texts[255] == "<address type='pci' bus='0x80' slot='0x00' function='0x0'/>")
    }
}
