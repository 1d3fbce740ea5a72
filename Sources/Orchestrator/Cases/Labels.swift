import CaseEngine

extension Actor {
    /// How the log names whoever did something: role or department, and the person.
    var label: String {
        let place = department ?? role.rawValue
        return (name.isEmpty || name == place ? place : "\(place):\(name)").plain(limit: 256)
    }
}

extension String {
    /// The text as a list shows it in one line: without control characters, and cut to so many bytes. Other people's
    /// names and titles must not keep a store from taking what happened.
    func plain(limit: Int) -> String {
        if utf8.count <= limit, utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return self }
        var plain = ""
        var bytes = 0
        for scalar in unicodeScalars {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            bytes += isControl ? 1 : String(scalar).utf8.count
            if bytes > limit { break }
            plain.unicodeScalars.append(isControl ? " " : scalar)
        }
        return plain
    }
}
