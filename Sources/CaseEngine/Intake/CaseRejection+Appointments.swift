import WorkCalendar

extension CaseRejection {
    /// Why an appointment cannot be had, and what to do.
    var textOfAppointments: LocalizedText {
        switch self {
        case .alreadyBooked(let item, let date):
            LocalizedText(
                zh: "事项 \(item) 已经预约 \(date)。要换时间的，改约。",
                en: "Item \(item) has an appointment on \(date). Move it for another time.")
        case .noAppointment(let item):
            LocalizedText(
                zh: "事项 \(item) 没有待办的预约。先预约。", en: "Item \(item) has no appointment ahead. Book one first.")
        case .bookingBarred(let missed):
            LocalizedText(
                zh: "本办件已失约 \(missed) 次，不能自行预约。请窗口代为预约。",
                en: "Appointments of this case were missed \(missed) times. Have the window book the next.")
        case .bookingDateNotPossible(let date, let earliest, let latest):
            LocalizedText(
                zh: "不能预约 \(date)，可约 \(earliest) 至 \(latest)。改用其间的日期。",
                en: "Nothing can be booked for \(date), only from \(earliest) to \(latest). Use such a date.")
        case .windowClosedThen(let date):
            LocalizedText(
                zh: "\(date) 窗口不开放。改约服务日。", en: "The window is closed on \(date). Use a day on which it serves.")
        case .outsideHours(let date, let hours):
            LocalizedText(
                zh: "\(date) 的服务时间是 \(hours)。改用其间的时间。",
                en: "On \(date) the window serves \(hours). Use a time within these hours.")
        case .slotFull(let date, let at, let next):
            LocalizedText(
                zh: "\(date) \(at) 已经约满。" + (next.map { "当日 \($0) 还有余号。" } ?? "改约其他日子。"),
                en: "\(date) \(at) is full. "
                    + (next.map { "There is room at \($0) on that day." } ?? "Use another day."))
        case .appointmentOnOtherDay(let date):
            LocalizedText(
                zh: "预约的是 \(date)，只能当日登记履约。", en: "The appointment is on \(date), and kept on that day only.")
        default: preconditionFailure("the words of every other rejection stand with it")
        }
    }
}
