import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// The time each item has used so far, in plan order: what targets are measured over and reports show.
    ///
    /// An application counts from admission to decision, without its stops; the time from filing to admission belongs to
    /// no clock, except in joint items, where admission is a phase of its own, which a correction interrupts. What a clock
    /// stood still for is listed with who held that time instead, and so is a correction.
    public func heldTimes(in state: CaseState) -> [HeldTime] {
        let closedOn = state.status == .withdrawn || state.status == .cancelled ? state.closedOn : nil
        return state.items.enumerated().flatMap { index, item in
            item.past + rules.heldTimes(of: item, at: index, closedOn: closedOn)
        }
    }
}

extension CaseRules {
    /// The times of an item's current application, or of its work.
    ///
    /// - Parameter closedOn: when the whole case ended, which ends what was still running.
    func heldTimes(of item: ItemState, at index: Int, closedOn: LocalDate?) -> [HeldTime] {
        let definition = self.item(index)
        func time(_ phase: JointPhase?, _ holder: ClockHolder, _ start: LocalDate, _ finish: LocalDate?) -> HeldTime {
            let finish = finish ?? closedOn
            // A rectification is a phase of its own, so it stops none of the others.
            let stops = item.stops.filter { stop in
                stop.reason != .rectification && start <= stop.stop && finish.map { stop.stop < $0 } ?? true
            }
            return HeldTime(
                item: item.id, phase: phase, holder: holder,
                period: RunningPeriod(start: start, finish: finish, stops: stops))
        }
        var times: [HeldTime] = []
        if let joint = item.joint {
            for span in joint.phases {
                if case .rectification = span.phase {
                    times.append(
                        HeldTime(
                            item: item.id, phase: span.phase, holder: .applicant,
                            period: RunningPeriod(start: span.start, finish: span.finish ?? closedOn)))
                } else if span.phase == .admission, let correction = item.correction {
                    times.append(time(span.phase, definition.clock, span.start, correction.on))
                    if let supplied = correction.suppliedOn {
                        times.append(time(span.phase, definition.clock, supplied, span.finish))
                    }
                } else {
                    times.append(time(span.phase, definition.clock, span.start, span.finish))
                }
            }
        } else if let start = clockStart(of: item, at: index) {
            times.append(time(nil, definition.clock, start, item.endedOn))
        } else if definition.route == .work, let start = item.startedOn {
            times.append(time(nil, definition.clock, start, item.finishedOn))
        }
        if let correction = item.correction {
            let finish = correction.suppliedOn ?? item.endedOn
            times.append(time(nil, .applicant, correction.on, finish))
        }
        for stop in item.stops where stop.reason != .rectification {
            let holder: ClockHolder =
                stop.reason == .supplement ? .applicant : stop.reason == .suspension ? .none : .special
            times.append(
                HeldTime(
                    item: item.id, phase: nil, holder: holder,
                    period: RunningPeriod(start: stop.stop, finish: stop.resume ?? closedOn)))
        }
        return times
    }
}
