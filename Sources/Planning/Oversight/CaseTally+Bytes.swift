import WorkCalendar

// Whole numbers in seven bits a byte, texts with their lengths before them: a tenth of what JSON takes to read.
extension CaseTally {
    /// Grows when the form below changes; tallies of other forms are made anew.
    private static let form = 1

    public var bytes: [UInt8] {
        var writer = TallyWriter()
        writer.put(Self.form)
        writer.put(workflow)
        writer.put(version)
        writer.put(project)
        writer.put(isOpen)
        writer.put(parts) { writer, part in
            writer.put(part.department)
            writer.put(part.item)
            writer.put(part.participant)
            writer.put(part.start)
            writer.put(part.lights.near)
            writer.put(part.lights.late)
            writer.put(part.lights.over)
            writer.put(part.lights.isStopped)
            writer.put(part.lights.isRunning)
        }
        writer.put(months) { writer, month in
            writer.put(month.month)
            writer.put(month.handled)
            writer.put(month.inTime)
        }
        writer.put(targets) { writer, target in
            writer.put(target.id)
            writer.put(target.isClosed)
            writer.put(target.minutes)
            writer.put(target.isMet)
            writer.put(target.calendarDays)
            writer.put(target.overOn)
        }
        writer.put(cards) { writer, card in
            writer.put(card.id)
            writer.put(card.level)
            writer.put(card.raisedOn)
        }
        writer.put(matters) { writer, matter in
            writer.put(matter.id)
            writer.put(matter.due)
        }
        writer.put(ratings) { writer, rating in
            writer.put(rating.department)
            writer.put(rating.on)
            writer.put(rating.score)
            writer.put(rating.channel)
        }
        writer.put(answers) { writer, answer in
            writer.put(answer.department)
            writer.put(answer.on)
            writer.put(answer.isInTime)
            writer.put(answer.isCalledBack)
            writer.put(answer.outcome)
        }
        writer.put(findings) { writer, finding in
            writer.put(finding.id)
            writer.put(finding.on)
        }
        return writer.bytes
    }

    /// Reads what ``bytes`` wrote; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        var reader = TallyReader(bytes)
        guard reader.int() == Self.form else { return nil }
        workflow = reader.text()
        version = reader.text()
        project = reader.text()
        isOpen = reader.flag()
        parts = reader.list { reader in
            var part = Part(
                department: reader.text(), item: reader.text(), participant: reader.optionalText(),
                start: reader.date(), lights: LightDates())
            part.lights.near = reader.optionalDate()
            part.lights.late = reader.optionalDate()
            part.lights.over = reader.optionalDate()
            part.lights.isStopped = reader.flag()
            part.lights.isRunning = reader.flag()
            return part
        }
        months = reader.list { Month(month: $0.text(), handled: $0.int(), inTime: $0.int()) }
        targets = reader.list {
            TargetEntry(
                id: $0.text(), isClosed: $0.flag(), minutes: $0.int(), isMet: $0.flag(), calendarDays: $0.int(),
                overOn: $0.optionalDate())
        }
        cards = reader.list { CardEntry(id: $0.text(), level: $0.int(), raisedOn: $0.date()) }
        matters = reader.list { MatterEntry(id: $0.text(), due: $0.date()) }
        ratings = reader.list {
            RatingEntry(department: $0.text(), on: $0.date(), score: $0.int(), channel: $0.text())
        }
        answers = reader.list {
            AnswerEntry(
                department: $0.text(), on: $0.date(), isInTime: $0.flag(), isCalledBack: $0.flag(),
                outcome: $0.optionalText())
        }
        findings = reader.list { FindingEntry(id: $0.text(), on: $0.date()) }
        guard reader.isWhole else { return nil }
    }
}

private struct TallyWriter {
    var bytes: [UInt8] = []

    /// The sign goes into the lowest bit.
    mutating func put(_ value: Int) {
        var rest = UInt64(bitPattern: Int64(value << 1 ^ value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func put(_ flag: Bool) { put(flag ? 1 : 0) }
    mutating func put(_ date: LocalDate) { put(date.dayNumber) }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes += text.utf8
    }

    mutating func put(_ text: String?) {
        put(text != nil)
        if let text { put(text) }
    }

    mutating func put(_ date: LocalDate?) {
        put(date != nil)
        if let date { put(date) }
    }

    mutating func put<Value>(_ values: [Value], _ write: (inout TallyWriter, Value) -> Void) {
        put(values.count)
        for value in values { write(&self, value) }
    }
}

/// Reads to the end whatever comes, and says at the end whether it was whole.
private struct TallyReader {
    private let bytes: [UInt8]
    private var place = 0
    private var isDamaged = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isWhole: Bool { !isDamaged && place == bytes.count }

    mutating func int() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                let signed = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
                return Int(signed)
            }
            shift += 7
        }
        isDamaged = true
        return 0
    }

    mutating func flag() -> Bool { int() != 0 }

    mutating func date() -> LocalDate {
        let day = int()
        guard (LocalDate.earliest.dayNumber...LocalDate.latest.dayNumber).contains(day) else {
            isDamaged = true
            return LocalDate(dayNumber: 0)
        }
        return LocalDate(dayNumber: day)
    }

    mutating func text() -> String {
        let count = int()
        guard count >= 0, count <= bytes.count - place else {
            isDamaged = true
            return ""
        }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    mutating func optionalText() -> String? { flag() ? text() : nil }
    mutating func optionalDate() -> LocalDate? { flag() ? date() : nil }

    mutating func list<Value>(_ read: (inout TallyReader) -> Value) -> [Value] {
        let count = int()
        var values: [Value] = []
        // Every value takes a byte at least.
        guard count >= 0, count <= bytes.count - place else {
            isDamaged = true
            return []
        }
        for _ in 0..<count where !isDamaged { values.append(read(&self)) }
        return values
    }
}
