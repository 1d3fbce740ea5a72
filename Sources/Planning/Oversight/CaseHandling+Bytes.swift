import CaseEngine
import WorkCalendar
import WorkflowModel

extension CaseHandling {
    /// Grows when the form below changes; those of other forms are made anew.
    private static let form = 1

    public var bytes: [UInt8] {
        var words = WordList()
        for part in parts { words.add([part.item, part.participant, part.department]) }
        for matter in matters { words.add([matter.department]) }
        var writer = TallyWriter()
        writer.put(Self.form)
        for text in [workflow, version, calendar, calendarVersion, project] { writer.put(text) }
        writer.put(knownOn)
        writer.put(words.all) { $0.put($1) }
        writer.put(applications) { writer, application in
            writer.put(application.channel.flatMap { ArrivalChannel.allCases.firstIndex(of: $0) })
            writer.put(application.delivery.flatMap { DeliveryMethod.allCases.firstIndex(of: $0) })
            writer.put(application.firstContact)
        }
        writer.put(matters) { writer, matter in
            writer.put(words[matter.department])
            writer.put(MatterKind.allCases.firstIndex(of: matter.kind) ?? 0)
            writer.put(matter.isLate)
        }
        writer.put(parts) { $0.put($1, words) }
        return writer.bytes
    }

    /// Reads what ``bytes`` wrote; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        var reader = TallyReader(bytes)
        guard reader.int() == Self.form else { return nil }
        workflow = reader.text()
        version = reader.text()
        calendar = reader.text()
        calendarVersion = reader.text()
        project = reader.text()
        knownOn = reader.date()
        let words = reader.list { $0.text() }
        applications = reader.list { reader in
            ChannelTable.Application(
                channel: reader.optional { $0.choice(of: ArrivalChannel.allCases, .window) },
                delivery: reader.optional { $0.choice(of: DeliveryMethod.allCases, .window) },
                firstContact: reader.optionalText())
        }
        matters = reader.list { reader in
            DepartmentTable.MatterNote(
                department: reader.choice(of: words, ""), kind: reader.choice(of: MatterKind.allCases, .issue),
                isLate: reader.flag())
        }
        parts = reader.list { $0.part(words) }
        guard reader.isWhole else { return nil }
    }
}

/// The ids of a case, each once.
private struct WordList {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    mutating func add(_ words: [String?]) {
        for case let word? in words where places[word] == nil {
            places[word] = all.count
            all.append(word)
        }
    }

    subscript(word: String) -> Int { places[word] ?? 0 }
}

extension TallyWriter {
    fileprivate mutating func put(_ part: CaseHandling.Part, _ words: WordList) {
        put(words[part.item])
        put(part.participant.map { words[$0] })
        put(words[part.department])
        put(part.title?.zh)
        if let title = part.title { put(title.en) }
        put(part.attempt)
        put(ItemStatus.allCases.firstIndex(of: part.status) ?? 0)
        put(part.isInstant)
        put(part.readyOn)
        put(part.filedOn)
        put(part.clock.start)
        put(part.clock.end)
        put(part.clock.promised)
        put(part.clock.statutory)
        put(part.clock.stops) { writer, stop in
            writer.put(stop.stop)
            writer.put(stop.resume)
        }
        put(part.clock.extensions) { writer, more in
            writer.put(more.amount)
            writer.put(more.granted)
        }
        for timing in [part.promised, part.statutory] {
            put(timing?.limit)
            guard let timing else { continue }
            put(timing.due)
            put(timing.overdue)
        }
        put(part.used)
        for count in [part.corrections, part.supplements, part.stops, part.rounds] { put(count) }
        put(part.isExtended)
        put(part.daysToFile)
        put(part.daysToAdmit)
        put(part.cards) { writer, card in
            writer.put(CardLevel.allCases.firstIndex(of: card.level) ?? 0)
            writer.put(card.isLifted)
            writer.put(card.reason)
        }
        put(part.scores) { $0.put($1) }
        put(part.badRatings)
    }

    private mutating func put(_ amount: DayAmount) {
        put(amount.minutes)
        put(DayUnit.allCases.firstIndex(of: amount.unit) ?? 0)
    }

    private mutating func put(_ amount: DayAmount?) {
        put(amount != nil)
        if let amount { put(amount) }
    }
}

extension TallyReader {
    fileprivate mutating func optional<Value>(_ read: (inout TallyReader) -> Value) -> Value? {
        flag() ? read(&self) : nil
    }

    private mutating func amount() -> DayAmount {
        let minutes = int()
        return DayAmount(minutes: minutes, unit: choice(of: DayUnit.allCases, .working))
    }

    private mutating func timing() -> HandledPart.Timing? {
        guard let limit = optional({ $0.amount() }) else { return nil }
        let due = date()
        return HandledPart.Timing(limit: limit, due: due, overdue: int())
    }

    fileprivate mutating func part(_ words: [String]) -> CaseHandling.Part {
        let item = choice(of: words, "")
        let participant = optional { $0.choice(of: words, "") }
        let department = choice(of: words, "")
        let title = optionalText().map { LocalizedText(zh: $0, en: text()) }
        let attempt = int()
        let status = choice(of: ItemStatus.allCases, .planned)
        let isInstant = flag()
        let (readyOn, filedOn) = (optionalDate(), optionalDate())
        let (start, end) = (date(), optionalDate())
        let (promisedLimit, statutoryLimit) = (optional { $0.amount() }, optional { $0.amount() })
        let stops = list { reader in
            let stop = reader.date()
            return ClockStop(stop: stop, resume: reader.optionalDate(), reason: .hearing, basis: "")
        }
        let extensions = list { reader in
            let amount = reader.amount()
            return ClockExtension(amount: amount, granted: reader.date(), reason: "")
        }
        let (promised, statutory) = (timing(), timing())
        let used = amount()
        let (corrections, supplements, stopCount, rounds) = (int(), int(), int(), int())
        let isExtended = flag()
        let (daysToFile, daysToAdmit) = (optionalInt(), optionalInt())
        let cards = list { reader in
            let level = reader.choice(of: CardLevel.allCases, .blue)
            let isLifted = reader.flag()
            return HandledPart.CardNote(level: level, isLifted: isLifted, reason: reader.optionalText())
        }
        return CaseHandling.Part(
            item: item, participant: participant, department: department, title: title, attempt: attempt,
            status: status, isInstant: isInstant, readyOn: readyOn, filedOn: filedOn,
            clock: PartClock(
                start: start, end: end, promised: promisedLimit, statutory: statutoryLimit, stops: stops,
                extensions: extensions),
            promised: promised, statutory: statutory, used: used, corrections: corrections, supplements: supplements,
            stops: stopCount, isExtended: isExtended, rounds: rounds, daysToFile: daysToFile,
            daysToAdmit: daysToAdmit, cards: cards, scores: list { $0.int() }, badRatings: int())
    }
}
