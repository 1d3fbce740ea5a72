import Scheduling
import WorkCalendar
import WorkflowModel

extension NetworkReader {
    /// Dates that can be honoured, but that probably say something else than was meant.
    func warnOfDates(_ file: NetworkFile) {
        let waits = Set(relations.map(\.successor))
        for draft in drafts where !draft.dates.isEmpty && draft.progress == nil {
            guard let index = file.network.index(of: draft.id) else { continue }
            let time = calendars[draft.calendar]
            let duration = file.network.activities[index].duration
            for date in draft.dates where date.kind != .deadline {
                guard let instant = file.network.activities[index].constraints[date.kind] else { continue }
                let pushes = date.kind == .startNoEarlier || date.kind == .finishNoEarlier
                let begins = date.kind.bindsStart ? instant : time.add(-duration, to: instant)
                if begins < file.terms.start, time.work(from: begins, to: file.terms.start) > 0,
                    !pushes || !waits.contains(draft.id)
                {
                    report.add(
                        .dateBeforeStart(draft.id, date.kind.abbreviation, start: file.terms.start.dateTime),
                        at: date.place)
                }
                let edge =
                    date.kind.bindsStart
                    ? time.nextWorkingInstant(from: instant) : time.previousWorkingEnd(before: instant)
                let isEdge = duration == 0 && time.previousWorkingEnd(before: instant) == instant
                if edge != instant, !isEdge {
                    report.add(.dateOutsideWorkingTime(draft.id, date.kind.abbreviation), at: date.place)
                }
            }
        }
    }

    /// Dates that the schedule misses, with the working minutes that are lacking.
    func warn(of missed: [MissedDate], in file: NetworkFile) {
        for date in missed {
            let id = file.network.activities[date.activity].id
            guard let number = draftIndex[id], let written = drafts[number].dates.first(where: { $0.kind == date.kind })
            else { continue }
            report.add(
                .dateCannotBeKept(id, date.kind.abbreviation, possible: date.possible.dateTime, by: date.minutes),
                at: written.place)
        }
    }
}

extension DateConstraints.Kind {
    /// Whether it is about the start; else about the finish.
    var bindsStart: Bool { self == .startNoEarlier || self == .startNoLater || self == .mustStart }
}

extension Minute {
    /// `2024-03-01T08:00`.
    public var dateTime: String {
        let (day, minute) = flooredDivision(by: LocalDate.minutesPerDay)
        let clock = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(LocalDate(dayNumber: day))T\(clock)"
    }

    private func flooredDivision(by divisor: Int) -> (Int, Int) {
        let remainder = (self % divisor + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}
