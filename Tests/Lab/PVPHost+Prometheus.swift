package import JSON
import LabTools
import Linux

extension PVPHost {
    /// Starts Debian's Prometheus in the machine. Its package would start another one.
    package func startPrometheus(_ configuration: String) throws {
        let cache = Cache(kind: "prometheus")
        let folder =
            try cache.found()
            ?? cache.make { result, work in
                let download = work + "/download"
                try Tool.run(["mkdir", download])
                try Tool.run(
                    ["env", "--chdir=\(download)", "apt-get", "--quiet", "download", "prometheus"], within: 300)
                guard let package = try Root(download).list("/").first else {
                    throw LabFailure("apt-get download prometheus: expected a package, found none")
                }
                try Tool.run(["dpkg-deb", "--extract", "\(download)/\(package)", work + "/tree"], within: 120)
                try Tool.run(["mv", work + "/tree/usr/bin/prometheus", result])
            }
        progress("prometheus")
        let program = "/opt/prometheus"
        try shell.copy(folder + "/prometheus", to: program)
        try shell.run(["chmod", "755", program])
        try shell.write(configuration, to: "/run/prometheus/prometheus.yml")
        try shell.run([
            "systemd-run", "--unit=prometheus", program, "--config.file=/run/prometheus/prometheus.yml",
            "--storage.tsdb.path=/run/prometheus/data", "--web.listen-address=127.0.0.1:9090",
        ])
    }

    /// The series of an expression; none if Prometheus does not answer yet.
    package func query(_ expression: String) throws -> [JSON] {
        let answer = try shell.attempt([
            "curl", "--silent", "--get", "--data-urlencode", "query=\(expression)",
            "http://127.0.0.1:9090/api/v1/query",
        ])
        guard answer.status == 0 else { return [] }
        let json = try JSON(Array(answer.output.utf8))
        guard json["status"]?.string == "success" else {
            throw LabFailure("Prometheus refuses \(expression)", log: answer.output)
        }
        return json["data"]?["result"]?.array ?? []
    }
}
