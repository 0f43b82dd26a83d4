/// Bytes and entries on their way.
extension Console {
    mutating func offerClients() {
        for id in clients.ids { offer(.client(id)) }
    }

    mutating func offer(_ sink: Sink) {
        switch sink {
        case .terminal: if let bytes = terminal.offer() { actions.append(.write(sink, bytes)) }
        case .journal: if let entries = journal.offer() { actions.append(.log(entries)) }
        case .client(let id):
            if let bytes = clients.offer(id) { actions.append(.write(sink, bytes)) }
        }
    }

    mutating func resume(_ sink: Sink) {
        switch sink {
        case .terminal: terminal.resume()
        case .journal: journal.resume()
        case .client(let id): clients.resume(id)
        }
    }

    mutating func wrote(_ sink: Sink, _ count: Int) {
        let mustWait: Bool
        switch sink {
        case .terminal: mustWait = terminal.took(count)
        case .journal: return
        case .client(let id):
            mustWait = clients.took(id, count)
            if clients.isDone(id) {
                clients.remove(id)
                multiplexer?.forget(id)
                actions.append(.close(id))
                return
            }
        }
        if mustWait { actions.append(.await(sink)) } else { offer(sink) }
    }
}
