import Foundation
import JSON
import Linux
import TestSupport
import Testing
import Values

/// The schemas of `--json` in docs/reference/schemas.
@Suite struct SchemaTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let schemas = folder.appending(path: "docs/reference/schemas")

    /// The SHA-256 of each schema. A schema that changes gets the next number, in its name, in
    /// ``Document/Kind`` and here: programs that read the documents rely on it.
    private static let published = [
        "pvpgen.apply/1": "db853d051ae30dc87ad0d30cd9b60507e225177c90a7c93bc0cc7cba6b8a66e4",
        "pvpgen.builds/1": "6f4f4e864df4909fffd30a2367a8bd713e946ce9b08cd18e31d19ef974c49e42",
        "pvpgen.check/1": "0ba97814aa3c6fb8c436bf8c00e75da551762a5794da50548adf2e871b7c96b1",
        "pvpgen.command/1": "4c125b7732dead35fd3c2d4bd59ac5c284d494009112d18ff8dd04334b678034",
        "pvpgen.comparison/1": "9c4a7b132036a961d479449cef84e4d24c2630eb07ef3b380c1b092a4163abd6",
        "pvpgen.diff/1": "6396e8b43141bfdcff6e233fb8b235692f8c5e49b14a2c911b11f7acc1a95071",
        "pvpgen.explanation/1": "594ac120407fb019cd9ded0d96ec0c8d663d365b09eb6bfca921bb4222f3c4b2",
        "pvpgen.files/1": "76dfcdeac737029aa424eb2c9180ebe0dcf5e228be8157c384cdf8deccc891a5",
        "pvpgen.guests/1": "7063a2c6b04f3d5e627026d00ffb1d776f236700bd29c45944cb1ea3480883b0",
        "pvpgen.import/1": "fab84f38049ccc70c63ffbb7c4b46d346dd659e201c6050555d443e157e95bab",
        "pvpgen.install/2": "3a610e7fd6a9f9cf0d4b7b47a4ed1de260ba3a36f7fbac300b3e1587dd8084a3",
        "pvpgen.measurement/1": "a71d13d4080be49db7950e06d275d73ec53888962af5f0adea55990a3c0296fe",
        "pvpgen.measurement-comparison/1": "916af247b78b0e8b9ac7076d16d87e209f570c00214c8dc66acd6f816154c2c2",
        "pvpgen.operation/1": "1c9f1bc6d87303449862611265db05d21d752bc53c7a71514c4ea9e10c5deb4d",
        "pvpgen.path-check/1": "ac65fb0cd64a3e94c6420505a548f52d269abf519af6a8ffcfff5991c67ce4a9",
        "pvpgen.plan/1": "ab2dc480467652aaac873d3054431f1040c1d5d658bf6fad34fb0c2f683b6050",
        "pvpgen.report/1": "df1c8991c6986296e57e7f577f683bd435b7c9e219bf30f9c3a610d2d523956f",
        "pvpgen.status/1": "941b26e3c71ff9eae071ba52e74fdbe5ef9c040de0ff60f1ebf046c9f16cd67a",
        "pvpgen.traffic/1": "88650fa2d32187c1b09011432b36a35283cc4ddc3a5bd71ba28a12f66750c023",
        "pvpgen.uninstall/2": "952fbf5735d9febee4b23e0429cb0e4fefb34fe248c6e3ba7b71f61c920b35a5",
        "pvpgen.units/1": "f3fd1338ff9baa002dc33344dd296ea988f562861a4a2bdd6bb1407a0dc87b3f",
        "pvpgen.verification/1": "5c2e545f0fd7fc748ece4bf975be542564592997210a533aed51dcd8b62500a2",
    ]

    private static func file(_ kind: Document.Kind) -> String {
        kind.rawValue.dropFirst("pvpgen.".count).replacing("/", with: "-") + ".json"
    }

    private static func schema(_ kind: Document.Kind) throws -> JSON {
        try JSON(Array(Data(contentsOf: schemas.appending(path: file(kind)))))
    }

    @Test func everyDocumentHasASchema() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.schemas.path)
        #expect(files.sorted() == Document.Kind.allCases.map(Self.file).sorted())
        for kind in Document.Kind.allCases {
            #expect(try Self.schema(kind)["properties"]?["schema"]?["const"]?.string == kind.rawValue)
        }
    }

    @Test(arguments: Document.Kind.allCases) func aChangedSchemaHasANewNumber(_ kind: Document.Kind) throws {
        let content = try Array(Data(contentsOf: Self.schemas.appending(path: Self.file(kind))))
        #expect(
            SHA256.hexadecimal(content) == Self.published[kind.rawValue],
            "\(Self.file(kind)): changed; give the schema the next number")
    }

    /// A validator that accepts everything would prove nothing.
    @Test func theValidatorFindsDeviations() throws {
        let good = Document(.guests, ["guests": []])
        var extra = good
        extra.add(["more": 1])
        let missing = Document(.guests)
        let wrong = Document(.guests, ["guests": [["guest": 1]]])
        for (document, status) in [(good, Int32(0)), (extra, 1), (missing, 1), (wrong, 1)] {
            let tree = try Tree(["/document": document.json.text])
            let result = try Command([Program.validator.path, tree.path + "/document"]).run()
            #expect(result.status == status, "\(document.json.text)\(result.output)")
        }
    }

    @Test func thePageIsThatOfTheSchemas() throws {
        let name = "docs/reference/json.md"
        let path = Self.folder.appending(path: name)
        let page = try SchemaReference.page(Document.Kind.allCases.map { ($0, try Self.schema($0)) })
        if Golden.isRewritten(name) { try page.write(to: path, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: path, encoding: .utf8) == page,
            "UPDATE_GOLDEN=1 swift test --filter SchemaTests rewrites \(name)")
    }
}
