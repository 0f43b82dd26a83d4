package import Diagnostics
package import Linux
package import Values

/// A file from a URL. As long as it is not whole it has another name. A part of it is completed
/// only if the server says by which validator later answers are of the same content; otherwise the
/// file is fetched from the start.
package struct Download {
    let url: String
    let file: String
    let root: Root
    let reporter: Reporter
    let subject: DownloadSubject
    /// How often nothing at all may come, one time after the other.
    var attempts = 5
    /// Seconds to the second attempt; twice as long to each further one.
    var delay = 2

    /// Creates the download of a file below `root`, whose directory exists.
    package init(url: String, file: String, root: Root, reporter: Reporter, subject: DownloadSubject) {
        self.url = url
        self.file = file
        self.root = root
        self.reporter = reporter
        self.subject = subject
    }

    /// The URL for people.
    private var shownURL: String { url.withoutCredentials }
    /// The file as far as it has come.
    var part: String { file + ".part" }
    /// The head of the answer that began it.
    private var head: String { file + ".part.head" }
    /// The head of the answer that is coming.
    private var newHead: String { file + ".part.head.new" }

    /// curl with one request. Without --retry: with it curl truncates the file to where it began
    /// (`curl(1)`). Its own configuration is not read, because that could switch off what keeps the
    /// download safe.
    func command(onlyIf validator: String?) -> Command {
        let secure = url.hasPrefix("https:")
        return Command(
            [
                "curl", "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "10",
                "--proto", "=http,https",
                "--proto-redir", secure ? "=https" : "=http,https", "--connect-timeout", "30", "--speed-limit", "1",
                "--speed-time", "60",
                "--continue-at", "-", "--dump-header", root.path(newHead), "--output", root.path(part),
            ] + (validator.map { ["--header", "If-Range: \($0)"] } ?? []) + ["--url", url])
    }

    /// Fetches what is missing.
    ///
    /// - Throws: `download-unavailable`, `download-tls`, `download-html`, `download-interrupted`,
    ///   `download-failed`, `download-not-written`, `download-state`, `disk-full`;
    ///   `program-missing` or `program-not-started` if curl cannot run.
    package func fetch() throws(Problem) {
        var failures = 0
        var restarts = 0
        // A download that was killed may not have kept the head of its first answer.
        if ResponseHead(text(newHead)).status == 200, !root.exists(head) { try keepHead() }
        while true {
            // A page whose download was killed is not completed.
            if subject.content != nil, ResponseHead(text(head)).isHTML { try discard() }
            if size > 0, ResponseHead(text(head)).validator == nil {
                reporter.warning(
                    "\(shownURL): nothing says whether the server still has the same file: fetched from the start")
                try discard()
            }
            let before = size
            let answer = ResponseHead(before > 0 ? text(head) : "")
            if before == 0 { forget(head) }
            forget(newHead)
            reportProgress(ResponseHead())
            let result = try command(onlyIf: answer.validator).run { reportProgress(ResponseHead(text(newHead))) }
            var new = ResponseHead(text(newHead))
            new.known = answer.total
            // Of a file that is being completed the first answer counts: a later one may lack what
            // validates it.
            if before == 0, new.status == 200 { try keepHead() }
            if let content = subject.content, 200..<300 ~= new.status, new.isHTML {
                // A part of the file that the page did not change can be completed later.
                if before == 0 || size != before { try discard() }
                throw Problem(
                    .downloadHTML, "\(shownURL): the server answered with an HTML page, expected \(content)",
                    remedy: "correct \(subject.setting)")
            }
            switch attemptResult(result, new, of: answer) {
            case .done: return
            case .failed(let problem): throw problem
            case .restart(let why):
                reporter.warning("\(shownURL): \(why): fetched from the start")
                try discard()
                restarts += 1
                if before == 0 || restarts >= attempts { throw broken("the answer does not fit the request", new) }
            case .again(let why):
                // What cannot be completed is no progress.
                failures = size > before && ResponseHead(text(head)).validator != nil ? 0 : failures + 1
                if failures >= attempts { throw broken(why, new) }
                let pause = failures == 0 ? 0 : delay << (failures - 1)
                reporter.warning("\(progress(new)): \(why); tried again \(pause == 0 ? "at once" : "in \(pause) s")")
                MonotonicClock.sleep(seconds: pause)
            }
        }
    }

    /// Verifies the checksum of the complete download, and removes the download if it differs,
    /// because the position of the error is unknown.
    ///
    /// - Throws: `download-checksum`, `download-state`.
    package func verify(_ checksum: Checksum) throws(Problem) {
        reporter.status("Checking the \(checksum.algorithm.rawValue) of \(part)")
        let found: Checksum
        do {
            found = try root.checksum(of: part, by: checksum.algorithm)
        } catch {
            throw error.problem(.downloadState, remedy: "run the command as root")
        }
        guard found != checksum else { return }
        try discard()
        throw Problem(
            .downloadChecksum, "\(shownURL): expected \(checksum), got \(found); the download was removed",
            remedy:
                "correct \(subject.checksumSetting), or contact the operator of the server; "
                + "the next start downloads the file again"
        )
    }

    /// Gives the file its name: it is whole and right.
    ///
    /// - Throws: `download-state`.
    package func finish() throws(Problem) {
        do {
            try root.setMode(part, subject.mode)
            try root.publish(part, as: file)
        } catch {
            throw error.problem(.downloadState, remedy: "run the command as root, with that directory writable")
        }
        for file in [head, newHead] { forget(file) }
    }

    /// Removes what has come.
    ///
    /// - Throws: `download-state`.
    package func discard() throws(Problem) {
        do {
            try root.remove(part)
        } catch {
            throw error.problem(.downloadState, remedy: "remove it")
        }
        for file in [head, newHead] { forget(file) }
    }

    private enum AttemptResult {
        case done
        case again(String)
        case restart(String)
        case failed(Problem)
    }

    /// What an end of curl means (`curl(1)`, EXIT CODES).
    private func attemptResult(_ result: Command.Result, _ head: ResponseHead, of first: ResponseHead) -> AttemptResult
    {
        let message = result.firstLine
        if head.status == 206 || head.status == 416, !first.isSameFile(as: head) {
            return .restart("the rest is of another file")
        }
        switch result.status {
        // Some releases of curl take 416 for an error, others do not.
        case let status where status == 0 || status == 22 && head.status == 416:
            // Of a file that is whole already there is no further byte: 416.
            if let total = head.total, size != total {
                return head.status == 416 || size > total
                    ? .restart("\(size) bytes are here, it has \(total)") : .again("the connection ended")
            }
            return head.status == 416 && head.total == nil
                ? .restart("the server does not know the rest of it") : .done
        case 33: return .restart("it is another file now, or the server cannot send the rest of one")
        case 22 where [408, 429, 500, 502, 503, 504].contains(head.status):
            return .again("the server answered \(head.status)")
        case 22:
            return .failed(
                Problem(
                    .downloadUnavailable, "\(shownURL): the server answered \(head.status)",
                    remedy: "correct \(subject.setting), or contact the operator of the server"))
        case 23: return .failed(full(head, message))
        case 5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96: return .again(message)
        case 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91:
            return .failed(
                Problem(
                    .downloadTLS, "\(shownURL): certificate of the server is not trusted: \(message)",
                    remedy: "install ca-certificates or the certificate of its authority, and check the clock"))
        default:
            return .failed(
                Problem(
                    .downloadFailed, "\(shownURL): curl ended with \(result.status): \(message)",
                    remedy: "correct \(subject.setting)"))
        }
    }

    private func broken(_ why: String, _ head: ResponseHead) -> Problem {
        Problem(
            .downloadInterrupted, "\(shownURL): \(progress(head)): \(why)",
            remedy:
                "check the connection to the server, and the proxy if one is required; the next start continues the "
                + "download"
        )
    }

    private func full(_ head: ResponseHead, _ message: String) -> Problem {
        let directory = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "/"
        let free = (try? root.free(directory)) ?? 0
        guard free < 1 << 20 else {
            return Problem(.downloadNotWritten, "\(part): \(message)", remedy: "make \(directory) writable")
        }
        let missing = head.total.map { "\(max(1, ($0 - size) >> 20)) MiB" } ?? "room"
        let alternative = subject.fileSetting.map { ", or set \($0)" } ?? ""
        return Problem(
            .diskFull, "\(shownURL): \(progress(head)): no space left in \(directory)",
            remedy: "free \(missing) there\(alternative); the next start continues the download")
    }

    private var size: Int { (try? root.status(part))?.size ?? 0 }

    private func reportProgress(_ head: ResponseHead) { reporter.status("Fetching \(shownURL): \(progress(head))") }

    private func progress(_ head: ResponseHead) -> String {
        guard let total = head.total, total > 0 else { return "\(size >> 20) MiB are here" }
        return "\(size >> 20) of \(total >> 20) MiB are here (\(size * 100 / total) %)"
    }

    private func text(_ path: String) -> String { (try? root.text(path)) ?? "" }

    private func forget(_ path: String) { try? root.remove(path) }

    private func keepHead() throws(Problem) {
        do {
            try root.publish(newHead, as: head)
        } catch {
            throw error.problem(.downloadState, remedy: "free space there")
        }
    }
}
