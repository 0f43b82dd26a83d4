import Foundation
import JSON
import Linux
import Measurement
import MeasurementResults
import TestSupport
import Testing

/// The page as a browser shows it.
@Suite(.serialized) struct ChromiumTests {
    /// What a script in the page finds: sizes, colors, texts of pictures that overlap or are cut.
    private static let probe = """
        <script>
        const overlaps = [], cut = [];
        for (const svg of document.querySelectorAll('svg.plot')) {
          const frame = svg.getBoundingClientRect();
          if (frame.width === 0) continue;
          const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
          boxes.forEach(([text, a], index) => {
            if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1) cut.push(text);
            for (const [other, b] of boxes.slice(index + 1))
              if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
                overlaps.push(text + ' / ' + other);
          });
        }
        const plots = [...document.querySelectorAll('svg.plot')].filter(s => s.getBoundingClientRect().width > 0);
        document.title = JSON.stringify({
          plots: plots.length, overlaps, cut, inner: window.innerWidth, scroll: document.documentElement.scrollWidth,
          ground: getComputedStyle(document.body).backgroundColor, text: getComputedStyle(document.body).color,
          least: Math.round(Math.min(...plots.map(s => parseFloat(getComputedStyle(s.querySelector('text')).fontSize)
            * s.getBoundingClientRect().width / s.viewBox.baseVal.width)))});
        </script>
        """

    /// Runs the browser on a page in a tree, for one minute at most.
    private static func chromium(_ tree: Tree, _ options: [String]) throws -> Command.Result {
        try Command(
            [
                "timeout", "--kill-after=10", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                "--user-data-dir=\(tree.path)/profile",
            ] + options + ["file://\(tree.path)/page.html"]
        ).run()
    }

    /// What the script finds in a window of a width; Chromium has none below 500 pixels.
    private static func probe(_ page: String, width: Int, isDark: Bool) throws -> JSON {
        let probed = page.replacing("</body>", with: "\(probe)</body>")
        let tree = try Tree(["/page.html": probed])
        let result = try chromium(
            tree,
            [
                "--dump-dom", "--window-size=\(width),1000",
                "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
            ])
        let title = try #require(
            result.output.firstMatch(of: /<title>(\{.*\})<\/title>/)?.output.1, "\(result.output.prefix(2000))")
        return try JSON(Array(title.replacing("&amp;", with: "&").utf8))
    }

    @Test(
        "texts of the pictures are whole, apart and readable, and nothing is wider than the window",
        arguments: [1200, 500], [false, true])
    func layout(_ width: Int, _ isDark: Bool) throws {
        let found = try Self.probe(try SimulatedChain().complete().page, width: width, isDark: isDark)
        #expect(found["inner"]?.int == width)
        #expect(found["plots"]?.int ?? 0 >= 4)
        #expect(found["overlaps"] == [] && found["cut"] == [])
        #expect(found["scroll"] == found["inner"])
        #expect(found["least"]?.int ?? 0 >= 11)
        #expect(found["ground"]?.string == (isDark ? "rgb(18, 22, 27)" : "rgb(252, 252, 251)"))
        #expect(found["text"]?.string == (isDark ? "rgb(231, 235, 240)" : "rgb(26, 34, 44)"))
    }

    @Test("a page of a fleet fits a narrow window") func fleet() throws {
        let results = try (0..<8).map { index in
            try SimulatedChain(capacity: 7_940_000 + index * 9000, host: "host\(index).example").result()
        }
        let page = MeasurementResult.page(of: results)
        let found = try Self.probe(page, width: 500, isDark: false)
        #expect(found["scroll"] == found["inner"])
    }

    /// With PICTURES=FOLDER the pictures and pages stay there.
    @Test("a picture of the page is light or dark as the reader prefers") func picture() throws {
        var chain = SimulatedChain()
        chain.invalidTrials = [5]
        let page = try chain.complete().page
        var pixels: [String] = []
        for (index, name) in ["dark", "light"].enumerated() {
            let tree = try Tree(["/page.html": page])
            let result = try Self.chromium(
                tree,
                [
                    "--screenshot=\(tree.path)/page.png", "--window-size=1000,5200",
                    "--blink-settings=preferredColorScheme=\(index)",
                ])
            let script = """
                import struct, sys, zlib
                data = open(sys.argv[1], "rb").read()
                width, height = struct.unpack(">II", data[16:24])
                parts, place = b"", 8
                while place < len(data):
                    size, kind = struct.unpack(">I4s", data[place:place + 8])
                    if kind == b"IDAT": parts += data[place + 8:place + 8 + size]
                    place += 12 + size
                row = zlib.decompress(parts)
                print(width, height, "dark" if row[1] < 64 else "light")
                """
            let pixel = try Command(["python3", "-c", script, "\(tree.path)/page.png"]).run()
            #expect(pixel.status == 0, "\(pixel.output)\(result.output)")
            pixels.append(pixel.output)
            if let folder = ProcessInfo.processInfo.environment["PICTURES"] {
                try Data(try tree.root.bytes("/page.png")).write(to: URL(filePath: "\(folder)/page-\(name).png"))
                try page.write(to: URL(filePath: "\(folder)/page.html"), atomically: true, encoding: .utf8)
            }
        }
        #expect(pixels == ["1000 5200 dark\n", "1000 5200 light\n"])
    }
}
