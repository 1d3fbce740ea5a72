import CaseEngine
import WorkCalendar
import WorkflowModel

/// Appointments, what an authority of another level decides, and what was measured.
extension CommandForm {
    static let elsewhere: [CommandForm] = [
        CommandForm(
            "book", "预约时间", "Book a time",
            ("到窗口、上门或现场；在服务时间内选一个时刻。", "At the window, at your place or on site; within the hours of service."),
            .appointments, button: ("预约", "Book"),
            inputs: { site in
                [
                    .choice(
                        "purpose", "预约什么", "What for", missing: ("选择预约事由", "Choose what it is for"),
                        AppointmentPurpose.allCases.map { .init(value: $0.rawValue, label: $0.title) },
                        value: AppointmentPurpose.window.rawValue)
                ] + whenInputs(site)
                    + [
                        Input(
                            name: "place", label: LocalizedText(zh: "地点", en: "Place"), kind: .line, isRequired: false,
                            missing: LocalizedText(zh: "填写地点", en: "Enter the place"))
                    ]
            },
            item: { reading, _ in
                let purpose = reading.choice("purpose").flatMap { AppointmentPurpose(rawValue: $0) }
                let time = when(&reading)
                let place = reading.optional("place")
                guard let purpose, let time else { return nil }
                return .book(purpose: purpose, date: time.date, at: time.at, place: place)
            }),
        CommandForm(
            "rebook", "改约", "Change the appointment", ("原来的时间让出来。", "The earlier time is given up."),
            .appointments, button: ("改约", "Change it"), inputs: whenInputs,
            item: { reading, _ in when(&reading).map { .rebook(date: $0.date, at: $0.at) } }),
        CommandForm(
            "cancel-appointment", "取消预约", "Cancel the appointment",
            ("时间让出来，以后可以再约。", "The time is given up; book again later."),
            .appointments, button: ("取消预约", "Cancel it"), inputs: { _ in [.reason()] },
            item: { reading, _ in .cancelAppointment(reason: reading.text("reason")) }),
        CommandForm(
            "keep-appointment", "登记到场", "Say that somebody came", ("按约到场的，登记一次。", "Enter it once when they came."),
            .appointments, button: ("登记", "Enter it"), item: { _, _ in .keepAppointment }),
        CommandForm(
            "refer", "报上级决定", "Refer to the level above",
            (
                "本级初审完毕，由上级在法定时限内决定；上级用时单独计。",
                "Examined here, decided by an authority above within a time of its own."
            ),
            .upperLevel, button: ("上报", "Refer it"), isWeighty: true,
            inputs: { _ in
                [
                    .choice(
                        "level", "上级层级", "Which level", missing: ("选择上级层级", "Choose the level"),
                        AdministrativeLevel.allCases.map { .init(value: $0.rawValue, label: $0.title) }),
                    .line(
                        "authority", "上级机关", "The authority",
                        missing: ("填写上级机关的名称", "Enter the authority's name")),
                    .text(
                        "opinion", "初审意见", "Opinion of this level",
                        missing: ("填写初审意见", "Enter the opinion of this level")),
                    .days("within", "上级的办理期限", "Time it has", .working(20)),
                ]
            },
            item: { reading, _ in
                let level = reading.choice("level").flatMap { AdministrativeLevel(rawValue: $0) }
                let authority = reading.text("authority")
                let opinion = reading.text("opinion")
                let within = reading.days("within")
                guard let level, let within else { return nil }
                return .refer(level: level, authority: authority, opinion: opinion, within: within)
            }),
        CommandForm(
            "record-answer", "登记上级决定", "Enter what the level above decided",
            ("照上级文书登记：同意与否、签发人、文号。", "As its document says: whether it agrees, who signed, which number."),
            .upperLevel, button: ("登记", "Enter it"), isWeighty: true,
            inputs: { _ in
                [
                    .choice(
                        "agrees", "上级决定", "What it decided", missing: ("选择同意或不同意", "Choose whether it agrees"),
                        [
                            .init(value: "yes", label: LocalizedText(zh: "同意", en: "It agrees")),
                            .init(value: "no", label: LocalizedText(zh: "不同意", en: "It does not agree")),
                        ]),
                    .line("signer", "签发人", "Signed by", missing: ("填写签发人", "Enter who signed")),
                    .line("document", "文号", "Number of the document", missing: ("填写文号", "Enter the number")),
                    .text("opinion", "决定内容", "What it says", missing: ("填写决定内容", "Enter what it says")),
                ]
            },
            item: { reading, _ in
                let agrees = reading.choice("agrees")
                let signer = reading.text("signer")
                let document = reading.text("document")
                let opinion = reading.text("opinion")
                guard let agrees else { return nil }
                return .recordAnswer(agrees: agrees == "yes", signer: signer, document: document, opinion: opinion)
            }),
        CommandForm(
            "measure", "登记竣工实测", "Enter what was measured",
            ("逐项填写实测值；超出区域控制值的，按违约处理。", "Enter every value; one beyond the area's limits is a breach."),
            .zoneStandards, button: ("登记", "Enter them"), isWeighty: true,
            inputs: { site in
                site.standards.map { standard in
                    .line(
                        "value-\(standard.fact)", standard.words, standard.words,
                        missing: ("填写实测值，例如 1.8", "Enter the measured value, for example 1.8"))
                }
            },
            item: { reading, site in
                .measure(
                    values: site.standards.compactMap { standard in
                        let name = "value-\(standard.fact)"
                        let text = reading.text(name)
                        guard !text.isEmpty else { return nil }
                        guard let value = Double(text), value.isFinite else {
                            reading.note(
                                name,
                                LocalizedText(zh: "“\(text)”不是数字，例如 1.8", en: "'\(text)' is no number; for example 1.8")
                            )
                            return nil
                        }
                        return MeasuredValue(fact: standard.fact, value: value)
                    })
            }),
    ]

    @Sendable private static func whenInputs(_ site: FormSite) -> [Input] {
        [
            .date("date", "日期", "Date", value: site.machine.calendar.workingDay(onOrAfter: site.today.adding(days: 1))),
            Input(
                name: "at", label: LocalizedText(zh: "时间", en: "Time"), kind: .time,
                missing: LocalizedText(zh: "填写时间，例如 09:30", en: "Enter the time, for example 09:30"), value: "09:30"),
        ]
    }

    private static func when(_ reading: inout FormReading) -> (date: LocalDate, at: TimeOfDay)? {
        let date = reading.date("date")
        let at = reading.time("at")
        guard let date, let at else { return nil }
        return (date, at)
    }
}

extension FormSite {
    /// The control values that are to be measured now.
    fileprivate var standards: [ControlStandard] {
        for request in requests {
            if case .measure(let standards) = request.ask { return standards }
        }
        return []
    }
}
