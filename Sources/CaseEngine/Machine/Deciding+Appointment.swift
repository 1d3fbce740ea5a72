import WorkCalendar
import WorkflowModel

/// Appointments 预约: in the hours of service, while a time has room, and told to the registry with the case's log.
///
/// The registry hears of a booking when its case has it; that two cases do not get the last place at once is the shell's
/// affair, which holds a place for the one that asked first.
extension Deciding {
    mutating func decideAppointment(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let id = definition(index).id
        switch command {
        case .book(let purpose, let date, let at, let place):
            try require(applying)
            let status = self.status(index)
            guard status != .planned else { throw .notNow(item: id, status: status) }
            if purpose == .inspection, definition(index).route != .joint, !definition(index).provisions.visit {
                throw .notForThisItem(item: id)
            }
            if purpose == .home, place?.contains(where: { !$0.isWhitespace }) != true { throw .placeMissing }
            if let open = state.items[index].openAppointment { throw .alreadyBooked(item: id, date: open.date) }
            let missed = state.items.reduce(0) { $0 + $1.missedAppointments }
            if actor.role != .window, missed >= booking.noShows { throw .bookingBarred(missed: missed) }
            try requireFree(date, at, index)
            let number = (state.items[index].aftermath?.appointments.count ?? 0) + 1
            emit(
                .appointmentBooked(number: number, purpose: purpose, date: date, at: at, place: place), to: index)
        case .rebook(let date, let at):
            try require(applying)
            let open = try openAppointment(index)
            try requireFree(date, at, index)
            emit(.appointmentMoved(number: open.number, date: date, at: at), to: index)
        case .cancelAppointment(let reason):
            try require(applying)
            let open = try openAppointment(index)
            try requireText(reason)
            emit(.appointmentCancelled(number: open.number, date: open.date, reason: reason), to: index)
        case .keepAppointment:
            try require(.either(.window, department(of: index)))
            let open = try openAppointment(index)
            guard open.date == today else { throw .appointmentOnOtherDay(open.date) }
            emit(.appointmentKept(number: open.number, date: open.date), to: index)
        default: break
        }
    }

    private var booking: BookingPolicy { standing.registry?.policy.booking ?? .standard }

    private func openAppointment(_ index: Int) throws(CaseRejection) -> Appointment {
        guard let open = state.items[index].openAppointment else { throw .noAppointment(item: definition(index).id) }
        return open
    }

    /// The window is open then, and there is room.
    private func requireFree(_ date: LocalDate, _ at: TimeOfDay, _ index: Int) throws(CaseRejection) {
        let last = today.adding(days: booking.daysAhead)
        guard (today...last).contains(date) else {
            throw .bookingDateNotPossible(date, earliest: today, latest: last)
        }
        let service = standing.registry?.service
        let hours = service?.hours(on: date, rules.calendar)
        guard hours != nil || service == nil && rules.calendar.isWorking(date) else {
            throw .windowClosedThen(date)
        }
        if let hours, at < hours.from || at >= hours.until { throw .outsideHours(date, hours: hours) }
        guard let registry = standing.registry else { return }
        // What the item itself has booked then is about to move.
        let taken = registry.booked(on: date, slot: booking.slot(of: at))
        let own = state.items[index].openAppointment.map {
            $0.date == date && booking.slot(of: $0.at) == booking.slot(of: at) ? 1 : 0
        }
        guard taken - (own ?? 0) < booking.capacity else {
            throw .slotFull(date, at: at, next: free(on: date, hours, after: at, in: registry))
        }
    }

    /// The next time with room on that day.
    private func free(
        on date: LocalDate, _ hours: ServiceHours?, after time: TimeOfDay, in registry: Registry
    ) -> TimeOfDay? {
        guard let hours else { return nil }
        var slot = booking.slot(of: time) + 1
        while let start = TimeOfDay(minutes: slot * booking.slotMinutes), start < hours.until {
            if registry.booked(on: date, slot: slot) < booking.capacity { return start }
            slot += 1
        }
        return nil
    }

    /// The day is over, and nobody said that anybody came.
    mutating func missAppointment(_ index: Int) {
        guard let open = state.items[index].openAppointment else { return }
        emit(.appointmentMissed(number: open.number, date: open.date), to: index, by: .system)
    }
}

extension ItemState {
    /// The appointment that is still ahead; one at a time.
    public var openAppointment: Appointment? { rare.first?.appointments.last { $0.standing == .booked } }

    var missedAppointments: Int { rare.first?.appointments.count { $0.standing == .missed } ?? 0 }

    /// What an event says of its appointments.
    mutating func noteAppointment(_ what: Happening, on date: LocalDate) {
        withAftermath { aftermath in
            func change(_ number: Int, _ change: (inout Appointment) -> Void) {
                guard let position = aftermath.appointments.firstIndex(where: { $0.number == number }) else { return }
                change(&aftermath.appointments[position])
            }
            switch what {
            case .appointmentBooked(let number, let purpose, let day, let at, let place):
                aftermath.appointments.append(
                    Appointment(number: number, purpose: purpose, date: day, at: at, place: place, bookedOn: date))
            case .appointmentMoved(let number, let day, let at):
                change(number) {
                    $0.date = day
                    $0.at = at
                }
            case .appointmentCancelled(let number, _, _): change(number) { $0.standing = .cancelled }
            case .appointmentKept(let number, _): change(number) { $0.standing = .kept }
            case .appointmentMissed(let number, _): change(number) { $0.standing = .missed }
            default: break
            }
        }
    }
}

extension Explaining {
    /// What was booked, and what became of it.
    var booked: [Reason] {
        (item.aftermath?.appointments ?? []).map { appointment in
            let words: (zh: String, en: String) =
                switch appointment.standing {
                case .booked: ("，待办", ", ahead")
                case .kept: ("，已履约", ", kept")
                case .missed: ("，失约", ", missed")
                case .cancelled: ("，已取消", ", cancelled")
                }
            return Reason(
                .appointments, on: appointment.date,
                zh: "预约 \(appointment.date) \(appointment.at) \(appointment.purpose.title.zh)\(words.zh)",
                en: "booked for \(appointment.date) \(appointment.at), \(appointment.purpose.title.en)\(words.en)")
        }
    }
}
