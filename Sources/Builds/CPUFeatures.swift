/// CPU features that a compiler may use, as /proc/cpuinfo names them.
package enum CPUFeatures {
    /// The compiler's options for features, where /proc/cpuinfo has another name (gcc(1), x86
    /// Options; kernel: arch/x86/include/asm/cpufeatures.h).
    private static let names = [
        "sse3": "pni", "sse4.1": "sse4_1", "sse4.2": "sse4_2", "pclmul": "pclmulqdq", "bmi": "bmi1", "lzcnt": "abm",
        "rdrnd": "rdrand", "sha": "sha_ni", "cx16": "cx16", "prfchw": "3dnowprefetch",
        "avx512vnni": "avx512_vnni", "avx512vbmi2": "avx512_vbmi2", "avx512bitalg": "avx512_bitalg",
        "avx512vpopcntdq": "avx512_vpopcntdq", "avx512bf16": "avx512_bf16", "avx512fp16": "avx512_fp16",
    ]
    /// Those that have the same name.
    private static let same: Set = [
        "ssse3", "popcnt", "avx", "avx2", "fma", "f16c", "movbe", "bmi2", "adx", "aes", "vaes", "vpclmulqdq", "gfni",
        "rdseed", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512ifma", "avx512vbmi", "fma4",
        "xop", "sse4a",
    ]

    /// Those that `cc -march=… -Q --help=target` lists as enabled, sorted.
    package static func enabled(_ output: String) -> [String] {
        var features: Set<String> = []
        for line in output.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count == 2, words[0].hasPrefix("-m"), words[1] == "[enabled]" else { continue }
            let option = String(words[0].dropFirst(2))
            if let name = names[option] {
                features.insert(name)
            } else if same.contains(option) {
                features.insert(option)
            }
        }
        return features.sorted()
    }

    /// Those of `features` that the first CPU of /proc/cpuinfo does not have.
    package static func missing(_ features: [String], from cpuinfo: String) -> [String] {
        guard let line = cpuinfo.split(separator: "\n").first(where: { $0.hasPrefix("flags") }),
            let colon = line.firstIndex(of: ":")
        else { return [] }
        let present = Set(line[line.index(after: colon)...].split(separator: " ").map(String.init))
        return features.filter { !present.contains($0) }
    }
}
