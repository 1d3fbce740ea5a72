import WorkCalendar

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
