import WorkCalendar

/// Deadlines and milestones for a calendar program (日历订阅): all-day events that follow by themselves.
///
/// - Source: RFC 5545; RFC 7986 §5.7 (`REFRESH-INTERVAL`).
public struct CalendarFeed: Sendable, Hashable {
    public var name: String
    public var events: [Event]

    public init(name: String, events: [Event]) {
        self.name = name
        self.events = events
    }

    /// Something on whole days.
    public struct Event: Sendable, Hashable {
        /// The same for the same thing for ever, such as `case/item/limit@city`.
        public var id: String
        /// Higher whenever the event changed.
        public var sequence: Int
        public var first: LocalDate
        /// Included.
        public var last: LocalDate
        public var summary: String
        public var description: String
        /// Where it can be looked at.
        public var link: String?
        /// Whether it does not happen any more.
        public var isCancelled: Bool

        public init(
            id: String, sequence: Int, first: LocalDate, last: LocalDate? = nil, summary: String,
            description: String = "", link: String? = nil, isCancelled: Bool = false
        ) {
            self.id = id
            self.sequence = sequence
            self.first = first
            self.last = max(first, last ?? first)
            self.summary = summary
            self.description = description
            self.link = link
            self.isCancelled = isCancelled
        }
    }

    /// The feed as text with CRLF.
    ///
    /// - Parameter stamp: when it was made, UTC, such as `20260302T020000Z`.
    /// - Complexity: O(characters).
    public func text(stamp: String) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Binglian//Deadlines//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:" + Self.escaped(name), "NAME:" + Self.escaped(name),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:" + Self.escaped(event.id), "DTSTAMP:" + stamp,
                "SEQUENCE:\(max(0, event.sequence))",
                "DTSTART;VALUE=DATE:" + Self.plain(event.first),
                "DTEND;VALUE=DATE:" + Self.plain(event.last.adding(days: 1)),
                "SUMMARY:" + Self.escaped(event.summary), "TRANSP:TRANSPARENT",
                "STATUS:" + (event.isCancelled ? "CANCELLED" : "CONFIRMED"),
            ]
            if !event.description.isEmpty { lines.append("DESCRIPTION:" + Self.escaped(event.description)) }
            if let link = event.link { lines.append("URL:" + Self.uri(link)) }
            lines.append("END:VEVENT")
        }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// `20260302`.
    private static func plain(_ date: LocalDate) -> String { date.description.filter { $0 != "-" } }

    /// RFC 5545 §3.3.11.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case ";": out += "\\;"
            case ",": out += "\\,"
            case "\n": out += "\\n"
            case "\r": break
            default: out.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
        return out
    }

    /// Nothing that ends a line.
    private static func uri(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }))
    }

    /// Lines of at most 75 octets, no character split (RFC 5545 §3.1).
    static func folded(_ line: String) -> String {
        guard line.utf8.count > 75 else { return line }
        var out = ""
        var room = 75
        func add(_ part: String) {
            if part.utf8.count > room {
                out += "\r\n "
                room = 74
            }
            out.unicodeScalars.append(contentsOf: part.unicodeScalars)
            room -= part.utf8.count
        }
        for character in line {
            // What people see as one character stays whole, unless it is longer than a line.
            if character.utf8.count <= 74 {
                add(String(character))
            } else {
                for scalar in character.unicodeScalars { add(String(scalar)) }
            }
        }
        return out
    }
}
