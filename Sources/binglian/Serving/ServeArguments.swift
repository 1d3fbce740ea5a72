import ArgumentParser

/// `HOST:PORT`; an IPv6 address in brackets.
struct ListeningAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = argument[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}

/// `ID=NAME`, or the id alone.
struct CityName: ExpressibleByArgument {
    let id: String
    let name: String

    init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let id = halves.first, id.utf8.count <= 64,
            id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { return nil }
        self.init(id: id, name: halves.count > 1 ? halves[1] : id)
    }

    var defaultValueDescription: String { "\(id)=\(name)" }
}

extension Pace {
    /// How long a day lasts; a millisecond where it takes no time.
    var milliseconds: Int {
        switch self {
        case .instant: 1
        case .perDay(let milliseconds): max(1, milliseconds)
        }
    }
}
