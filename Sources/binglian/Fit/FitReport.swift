import Interchange
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// What past cases tell about durations, and what is written of it into a workflow.
struct FitReport {
    /// The log's name, or the store's.
    let source: String
    let cases: Int
    let events: Int
    let calendar: WorkCalendar
    var rows: [Row]
    var chances: [CaseHistory.Chance] = []
    /// Figures that the workflow file got.
    var edits: [FigureEdit] = []
    /// Figures that it did not get, and why.
    var left: [(place: FigurePlace, reason: LocalizedText)] = []

    /// One activity, or one figure of a workflow.
    struct Row {
        let id: String
        /// Where the workflow says the figure; `nil` while nobody has said so.
        var place: FigurePlace?
        /// `nil` for cases of our own, whose office days are counted.
        let basis: ActivityTimes.Basis?
        let unit: DayUnit
        let cases: Int
        let runs: Int
        let repeatedCases: Int
        let leftOut: ActivityTimes.LeftOut
        let dates: ClosedRange<LocalDate>
        /// `nil` when no run has a duration.
        let fit: DurationFit?
    }

    // MARK: From a log

    init(log: EventLog, named name: String, calendar: WorkCalendar, seed: UInt64) {
        source = log.name ?? name
        cases = log.cases.count
        events = log.eventCount
        self.calendar = calendar
        let times = log.activityTimes(in: WorkingTime(calendar: calendar))
        // A log that knows dates only has no hours to be told.
        let isByDay = times.allSatisfy { $0.minutes.allSatisfy { $0.isMultiple(of: DayAmount.minutesPerDay) } }
        rows = times.map { times in
            Row(
                id: times.activity, place: nil, basis: times.basis, unit: .working, cases: times.cases,
                runs: times.runs, repeatedCases: times.repeatedCases, leftOut: times.leftOut, dates: times.dates,
                fit: times.minutes.isEmpty
                    ? nil
                    : DurationFit(
                        of: times.minutes.map(Double.init),
                        resolution: isByDay ? Double(DayAmount.minutesPerDay) : 1, seed: seed))
        }
    }

    // MARK: From our own cases

    init(history: CaseHistory, events: Int, named name: String, calendar: WorkCalendar, seed: UInt64) {
        source = name
        cases = history.cases
        self.events = events
        self.calendar = calendar
        chances = history.chances
        let day = Double(DayAmount.minutesPerDay)
        rows = history.durations.map { one in
            Row(
                id: one.place.description, place: one.place, basis: nil, unit: one.unit, cases: one.cases,
                runs: one.days.count, repeatedCases: one.repeatedCases, leftOut: ActivityTimes.LeftOut(),
                dates: one.dates,
                fit: DurationFit(of: one.days.map { Double($0) * day }, resolution: day, seed: seed))
        }
    }
}

// MARK: Into a workflow

extension FitReport {
    /// Finds the figures that a workflow gets.
    ///
    /// What was seen fewer than five times stays as it is: nothing is known about what was not seen.
    mutating func findEdits(for workflow: WorkflowDefinition) {
        let items = Dictionary(workflow.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for row in rows {
            guard let place = row.place, let item = items[place.item], let fit = row.fit else { continue }
            guard fit.evidence != .tooFew else {
                left.append((place, Self.tooFew(fit.count)))
                continue
            }
            let written = WrittenFit(fit, unit: row.unit)
            let isFailedOnly = place.path.last == "recheck" && item.joint?.rectification?.failedOnly == true
            edits.append(
                FigureEdit(
                    item: place.item, path: place.path,
                    value: written.takes + (isFailedOnly ? " failed-only" : ""), note: note(on: row, fit)))
            if place.path == ["takes"], let shape = written.shape,
                shape != item.distribution ?? workflow.simulation.distribution
            {
                edits.append(
                    FigureEdit(item: place.item, path: ["distribution"], value: shape.rawValue, after: "takes"))
            }
        }
        for chance in chances {
            guard let item = items[chance.place.item] else { continue }
            // That something never happened which the file does not mention is no news.
            if chance.happened == 0, !item.mentions(chance.place) { continue }
            guard chance.of >= 5 else {
                left.append((chance.place, Self.tooFew(chance.of)))
                continue
            }
            edits.append(
                FigureEdit(
                    item: chance.place.item, path: chance.place.path, value: chance.share.decimal(3),
                    note: "\(source.shortened), \(chance.happened)/\(chance.of)"))
        }
    }

    private static func tooFew(_ count: Int) -> LocalizedText {
        LocalizedText(zh: "仅 \(count) 次，不足 5 次", en: "seen \(count) times only, fewer than 5")
    }

    /// Where a figure is from: all of it from the data, nothing from the clock.
    private func note(on row: Row, _ fit: DurationFit) -> String {
        let dates = "\(row.dates.lowerBound)…\(row.dates.upperBound)"
        let nearest = fit.nearest
        var note = "\(source.shortened): \(row.id.shortened), n = \(fit.count), \(dates), \(nearest.family.rawValue), "
        note += "D = \(nearest.distance.decimal(3))"
        if let p = nearest.p { note += ", p \(p < 0.01 ? "< 0.01" : "= \(p.decimal(2))")" }
        if fit.chosen.family == .quantiles { note += ", nearest of those rejected 均被拒绝，取最接近者" }
        return note
    }
}

/// A fit as a workflow file says it.
struct WrittenFit {
    let takes: String
    /// `nil` when the figure is one value, which has no shape.
    let shape: DurationShape?

    init(_ fit: DurationFit, unit: DayUnit) {
        let distribution = fit.nearest.distribution
        let (low, high) = (distribution.bounds.lowerBound, distribution.bounds.upperBound)
        // A tenth of a day is precise enough for what takes days; what takes minutes is said to the minute.
        let step = high >= Double(DayAmount.minutesPerDay) ? DayAmount.minutesPerDay / 10 : 1
        func minutes(_ value: Double) -> Int {
            let longest = DayAmount.maximumDays * DayAmount.minutesPerDay
            return min(longest, Int((value / Double(step)).rounded()) * step)
        }
        let likely: Double
        switch distribution {
        case .triangular(_, let mode, _), .pert(_, let mode, _, _): likely = mode
        default: likely = (low + high) / 2
        }
        let figures = [low, likely, high].map { DayAmount.number(minutes: minutes($0)) }
        let isOne = figures[0] == figures[2]
        takes = (isOne ? figures[0] : figures.joined(separator: "/")) + " " + unit.rawValue
        switch fit.nearest.family {
        case .triangular where !isOne: shape = .triangular
        case .pert where !isOne: shape = .pert
        case .uniform where !isOne: shape = .uniform
        default: shape = nil
        }
    }
}

extension Item {
    /// Whether the file says something about what may happen.
    fileprivate func mentions(_ place: FigurePlace) -> Bool {
        switch place.path.first {
        case "correction": correction != nil
        case "special": special != nil
        default: joint?.rectification != nil
        }
    }
}

extension Double {
    /// With so many decimals at most, a point and no zeros at the end.
    func decimal(_ places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int((abs(self) * scale).rounded())
        let digits = String(whole)
        let padded = String(repeating: "0", count: Swift.max(0, places + 1 - digits.count)) + digits
        var text = padded.dropLast(places) + "." + padded.suffix(places)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return (self < 0 && whole > 0 ? "-" : "") + text
    }
}

extension String {
    /// At most sixty characters, for a comment.
    var shortened: String { count > 60 ? prefix(59) + "…" : self }
}
