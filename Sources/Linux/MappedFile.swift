import CLinux
import Glibc

extension Root {
    /// Calls `body` with the content of a file without copying it (`mmap(2)`): for large files of
    /// which little is wanted.
    package func withBytes<Result>(_ path: String, _ body: (UnsafeRawBufferPointer) -> Result) throws(SystemError)
        -> Result
    {
        let descriptor = try openDescriptor(path, O_RDONLY | O_NONBLOCK)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("fstat", path) }
        let size = Int(status.st_size)
        guard size > 0 else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw SystemError("mmap", path)
        }
        defer { munmap(start, size) }
        return body(UnsafeRawBufferPointer(start: start, count: size))
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Where the text is first (`memmem(3)`).
    package func range(of text: StaticString) -> Range<Int>? {
        let bytes = UnsafeRawBufferPointer(rebasing: self)
        guard let start = bytes.baseAddress,
            let found = clinux_find(start, bytes.count, text.utf8Start, text.utf8CodeUnitCount)
        else {
            return nil
        }
        let offset = startIndex + (found - start)
        return offset..<offset + text.utf8CodeUnitCount
    }
}
