import CLibPQ

/// Where a database is, as libpq reads it (连接串): `postgresql://user@host,host/name?…` or `host=… dbname=…`.
///
/// Everything that libpq understands may be given: several hosts, `sslmode` and certificates, a service, a password
/// file. What is not given gets the values below, which make a lost host known within seconds.
public struct PostgresAddress: Sendable {
    private var options: [String: String]

    /// Whether a text names a database and no file.
    public static func isAddress(_ text: String) -> Bool {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return true }
        let keywords = ["host", "hostaddr", "dbname", "service", "user", "port"]
        return text.split(separator: " ").contains { part in keywords.contains { part.hasPrefix("\($0)=") } }
    }

    /// `nil` if libpq cannot read the text. Its own message is not passed on: it quotes the text, password and all.
    public init?(_ text: String) {
        guard let parsed = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(parsed) }
        options = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
    }

    /// The same with one option set anew.
    func setting(_ option: String, to value: String) -> PostgresAddress {
        var address = self
        address.options[option] = value
        return address
    }

    func option(_ name: String) -> String? { options[name] }

    /// The options of one attempt: hosts in an order of its own, so that many nodes do not all ask the same one first.
    func attempt() -> [(keyword: String, value: String)] {
        var options = options
        // Seconds for each host, and for finding out that a silent one is gone.
        let defaults = [
            "connect_timeout": "2", "keepalives_idle": "1", "keepalives_interval": "1", "keepalives_count": "2",
            "tcp_user_timeout": "3000", "client_encoding": "UTF8", "fallback_application_name": "binglian",
        ]
        for (keyword, value) in defaults where options[keyword] == nil { options[keyword] = value }
        let lists = ["host", "hostaddr", "port"].compactMap { keyword in
            options[keyword].map { value in
                (keyword, value.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
            }
        }
        let count = lists.map(\.1.count).max() ?? 1
        if count > 1 {
            if options["target_session_attrs"] == nil { options["target_session_attrs"] = "read-write" }
            let order = (0..<count).shuffled()
            for (keyword, list) in lists where list.count == count {
                options[keyword] = order.map { list[$0] }.joined(separator: ",")
            }
        }
        return options.sorted { $0.key < $1.key }.map { (keyword: $0.key, value: $0.value) }
    }
}

extension PostgresAddress: CustomStringConvertible {
    /// The address without its password: `postgresql://user@host:port/name`.
    public var description: String {
        let ports = options["port"]?.split(separator: ",").map(String.init) ?? []
        let hosts = (options["host"] ?? options["hostaddr"])?.split(separator: ",").map(String.init) ?? []
        let places = hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : nil
            return port.map { "\(host):\($0)" } ?? host
        }
        let user = options["user"].map { "\($0)@" } ?? ""
        let name = options["dbname"] ?? options["service"] ?? ""
        return "postgresql://\(user)\(places.joined(separator: ","))/\(name)"
    }
}
