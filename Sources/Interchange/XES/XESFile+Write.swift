extension XESFile {
    /// The log as an XES document that declares the extensions it uses.
    ///
    /// What XML cannot hold, control characters, becomes U+FFFD.
    /// - Complexity: O(events).
    public static func text(of log: EventLog) -> String {
        var writer = XESWriter()
        writer.write(log)
        return writer.text
    }
}

private struct XESWriter {
    var text = ""

    mutating func write(_ log: EventLog) {
        text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">

            """
        for (name, prefix, file) in [
            ("Concept", "concept", "concept"), ("Time", "time", "time"), ("Lifecycle", "lifecycle", "lifecycle"),
            ("Organizational", "org", "org"),
        ] {
            text +=
                "  <extension name=\"\(name)\" prefix=\"\(prefix)\" uri=\"http://www.xes-standard.org/\(file).xesext\"/>\n"
        }
        text += "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n"
        if let name = log.name { attribute("string", "concept:name", name, indent: 2) }
        for one in log.cases {
            text += "  <trace>\n"
            attribute("string", "concept:name", one.id, indent: 4)
            for event in one.events { write(event) }
            text += "  </trace>\n"
        }
        text += "</log>\n"
    }

    private mutating func write(_ event: LoggedEvent) {
        text += "    <event>\n"
        attribute("string", "concept:name", event.activity, indent: 6)
        if let instance = event.instance { attribute("string", "concept:instance", instance, indent: 6) }
        attribute("string", "lifecycle:transition", event.transition.rawValue, indent: 6)
        attribute("date", "time:timestamp", event.time.description, indent: 6)
        if let resource = event.resource { attribute("string", "org:resource", resource, indent: 6) }
        if let group = event.group { attribute("string", "org:group", group, indent: 6) }
        text += "    </event>\n"
    }

    private mutating func attribute(_ type: String, _ key: String, _ value: String, indent: Int) {
        text += "\(String(repeating: " ", count: indent))<\(type) key=\"\(key)\" value=\"\(escaped(value))\"/>\n"
    }

    private func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t": escaped += "&#9;"
            case "\n": escaped += "&#10;"
            case "\r": escaped += "&#13;"
            default:
                let isHeld = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                escaped.unicodeScalars.append(isHeld ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }
}
