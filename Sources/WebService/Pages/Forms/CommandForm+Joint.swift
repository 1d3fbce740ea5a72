import CaseEngine
import WorkCalendar
import WorkflowModel

/// Joint items.
extension CommandForm {
    static let joint: [CommandForm] = [
        CommandForm(
            "opine", "提出意见", "Give your opinion",
            (
                "意见一次提全；以后只复核未通过和改动的部分。有条件通过的，写明条件。",
                "Raise everything at once; later only what failed or changed is looked at again. Conditions are named."
            ),
            .opinionsInParallel, button: ("提交意见", "Give the opinion"), isWeighty: true,
            inputs: { site in
                let own = site.ownParticipants
                let who =
                    own.count == 1
                    ? []
                    : [
                        Input.choice(
                            "participant", "代表哪一方", "For which participant",
                            missing: ("选择代表哪一方提出意见", "Choose for whom you speak"),
                            own, value: own.first?.value ?? "")
                    ]
                return who + [
                    .choice(
                        "verdict", "意见", "Opinion",
                        missing: ("选择通过、有条件通过、不通过或不涉及", "Choose pass, pass with conditions, fail or not involved"),
                        VerdictWord.allCases.map { .init(value: $0.rawValue, label: $0.title) }),
                    Input(
                        name: "points", label: LocalizedText(zh: "问题或条件", en: "Points or conditions"),
                        hint: LocalizedText(
                            zh: "不通过、有条件通过时填写；逐项对照材料。", en: "For fail and conditions; go through the materials."),
                        kind: .points(site.materials), isRequired: false,
                        missing: LocalizedText(
                            zh: "写明至少一条问题或条件，申请人才知道怎样整改",
                            en: "Name at least one point, so that the applicant knows what to mend")),
                ]
            },
            item: { reading, site in
                let own = site.ownParticipants
                let participant = own.count == 1 ? own[0].value : reading.choice("participant")
                let word = reading.choice("verdict").flatMap { VerdictWord(rawValue: $0) }
                let needsPoints = word == .fail || word == .conditions
                let points = reading.points("points", isRequired: needsPoints)
                guard let participant, let word else { return nil }
                return .opine(participant: participant, verdict: word.verdict(points))
            }),
        CommandForm(
            "session", "联合勘验记录", "Record the joint session",
            ("各方同一天到场，逐一签署意见。", "All participants sign on one day."),
            .jointSession, button: ("记录", "Record"), isWeighty: true,
            inputs: { site in [votes(site, LocalizedText(zh: "签署人", en: "Signed by"))] },
            item: { reading, site in
                let votes = site.participants.compactMap { option -> SessionVote? in
                    guard let vote = vote(option.value, &reading) else { return nil }
                    if vote.signers.isEmpty {
                        reading.note(
                            "votes-\(option.value)-signers",
                            LocalizedText(zh: "填写\(option.label.zh)的签署人", en: "Enter who signed for \(option.label.en)")
                        )
                    }
                    return SessionVote(
                        participant: option.value, verdict: vote.verdict, signer: vote.signers.joined(separator: "、"))
                }
                return .holdSession(votes: votes)
            }),
        CommandForm(
            "propose-visit", "提议到场日期", "Propose a date to meet",
            ("约定各方同一天到场；各方在答复期内确认或另提日期。", "The participants meet on one date; each confirms it or names others."),
            .agreedVisit,
            inputs: { site in
                [
                    .date(
                        "date", "日期（工作日）", "Date, a working day",
                        value: site.machine.calendar.workingDay(onOrAfter: site.today.adding(days: 1))),
                    Input(
                        name: "remote", label: LocalizedText(zh: "远程勘验", en: "They meet remotely"), kind: .check,
                        isRequired: false,
                        missing: LocalizedText(zh: "", en: "")),
                ]
            },
            item: { reading, _ in
                let remote = reading.isChecked("remote")
                return reading.date("date").map { .proposeVisit(date: $0, remote: remote) }
            }),
        CommandForm(
            "answer-visit", "答复到场日期", "Answer the proposed date",
            (
                "写明能到场的日期；其中有提议的日期即为确认。",
                "Name the dates on which you can come; the proposed one among them confirms it."
            ),
            .agreedVisit,
            inputs: { site in
                let own = site.ownParticipants
                return
                    (own.count == 1
                    ? []
                    : [
                        Input.choice(
                            "participant", "代表哪一方", "For which participant",
                            missing: ("选择代表哪一方", "Choose for whom you speak"), own, value: own.first?.value ?? "")
                    ]) + [
                        Input(
                            name: "dates", label: LocalizedText(zh: "能到场的日期", en: "Dates on which you can come"),
                            hint: LocalizedText(zh: "一行一个，例如 2026-03-09", en: "One a line, such as 2026-03-09"),
                            kind: .dates,
                            missing: LocalizedText(
                                zh: "至少写一个日期，写作 2026-03-09", en: "Name at least one date, written 2026-03-09"),
                            value: site.item?.joint?.visit?.proposed.description ?? "")
                    ]
            },
            item: { reading, site in
                let own = site.ownParticipants
                let participant = own.count == 1 ? own[0].value : reading.choice("participant")
                let dates = reading.dates("dates")
                return participant.map { .answerVisit(participant: $0, dates: dates) }
            }),
        CommandForm(
            "record-visit", "到场记录", "Record the visit",
            (
                "当日记录谁到场、谁签署、看到什么；现场核查须两名以上工作人员。",
                "On the agreed date: who came, who signed and what was seen; two officers or more on site."
            ),
            .inspectionSteps, button: ("记录", "Record"), isWeighty: true,
            inputs: { site in
                [
                    votes(site, LocalizedText(zh: "到场签署的工作人员，用顿号分开", en: "Officers who came and signed, with commas")),
                    .text("commitment", "告知承诺", "Commitment", missing: ("填写告知承诺的情况", "Say what was promised")),
                    .text("guidance", "证前指导", "Guidance", missing: ("填写证前指导的情况", "Say what guidance was given")),
                    .text("record", "现场记录", "Record of the site", missing: ("填写现场记录", "Say what was seen")),
                ]
            },
            item: { reading, site in
                var (signed, unsigned): ([VisitVote], [String]) = ([], [])
                for option in site.participants {
                    guard let vote = vote(option.value, &reading) else { continue }
                    if vote.signers.isEmpty {
                        unsigned.append(option.value)
                    } else {
                        signed.append(
                            VisitVote(participant: option.value, verdict: vote.verdict, officers: vote.signers))
                    }
                }
                let record = VisitRecord(
                    commitment: reading.text("commitment"), guidance: reading.text("guidance"),
                    record: reading.text("record"))
                return .recordVisit(votes: signed, unsigned: unsigned, record: record)
            }),
        CommandForm(
            "mark-conflict", "标记意见冲突", "Mark a conflict",
            (
                "两条意见不能同时满足的，标出来，由牵头部门处理后才能汇总。",
                "Two points cannot both be observed. The lead says what holds before opinions are merged."
            ),
            .conflictingPoints,
            inputs: { site in
                let options = site.raised.map { Input.Option(value: $0.value, label: $0.label) }
                return [
                    .choice("first", "第一条", "First point", missing: ("选择第一条意见", "Choose the first point"), options),
                    .choice("second", "第二条", "Second point", missing: ("选择第二条意见", "Choose the second point"), options),
                ]
            },
            item: { reading, site in
                let chosen = [reading.choice("first"), reading.choice("second")]
                let points = chosen.compactMap { value in site.raised.first { $0.value == value }?.point }
                guard points.count == 2 else { return nil }
                return .markConflict(first: points[0], second: points[1])
            }),
        CommandForm(
            "resolve-conflict", "处理意见冲突", "Resolve a conflict",
            ("写明以哪条为准，或怎样兼顾。", "Say which of the two holds, or how both can."),
            .conflictingPoints,
            inputs: { site in
                let open = (site.item?.joint?.conflicts ?? []).enumerated().filter { $0.element.resolution == nil }
                return [
                    .choice(
                        "number", "冲突", "Conflict", missing: ("选择要处理的冲突", "Choose the conflict"),
                        open.map { number, conflict in
                            let words = "\(conflict.first.point.text) ↔ \(conflict.second.point.text)"
                            return .init(value: "\(number + 1)", label: LocalizedText(zh: words, en: words))
                        }, value: open.count == 1 ? "\(open[0].offset + 1)" : ""),
                    .text("resolution", "处理意见", "What holds", missing: ("写明以哪条为准", "Say what holds")),
                ]
            },
            item: { reading, _ in
                let number = reading.choice("number").flatMap { Int($0) }
                let resolution = reading.text("resolution")
                return number.map { .resolveConflict(number: $0, resolution: resolution) }
            }),
        CommandForm(
            "merge", "汇总意见", "Merge the opinions",
            ("把各方意见汇总成一份，一次告知申请人。", "Puts all opinions into one notice to the applicant."),
            .oneConsolidatedNotice, button: ("汇总并告知", "Merge and notify"), isWeighty: true,
            inputs: { _ in [.note("说明", "Note")] }, item: { reading, _ in .merge(note: reading.text("note")) }),
        CommandForm(
            "rectify", "整改完成", "Report the rectification",
            (
                "按告知逐条改好后提交；只复核未通过和改动的部分。",
                "Say that every point is mended; only what failed or changed is looked at again."
            ),
            .failedOnlyRecheck,
            inputs: { site in
                let asked = site.outstanding
                let others = site.materials.filter { material in !asked.contains { $0.value == material.value } }
                return [materials(asked + others, isRequired: false), .note("整改说明", "What was done")]
            },
            item: { reading, _ in .rectify(materials: reading.materials("materials"), note: reading.text("note")) }),
        CommandForm(
            "conclude", "出具联合结论", "Conclude",
            ("牵头部门代表各方出具一份结论。", "The lead gives one conclusion for all."),
            .oneConsolidatedNotice, button: ("出具结论", "Conclude"), isWeighty: true,
            inputs: { decision(passed: $0.item?.joint?.passed != false) },
            item: { reading, _ in read(decision: &reading).map { .conclude($0) } }),
        CommandForm(
            "reopen", "变更", "Change documents",
            (
                "文件有改动的，由看过的部门重新看改动的部分。",
                "Documents change, and those who looked at them look at the changed parts again."
            ),
            .reopenedParts, isWeighty: true,
            inputs: {
                [materials($0.materials.map { .init(value: $0.value, label: $0.label) }), .reason("变更的原因", "Reason")]
            },
            item: { reading, _ in
                let materials = reading.materials("materials")
                return .reopen(materials: materials, reason: reading.text("reason"))
            }),
    ]

    private static func votes(_ site: FormSite, _ signers: LocalizedText) -> Input {
        Input(
            name: "votes", label: LocalizedText(zh: "各方意见", en: "What each participant says"),
            kind: .votes(site.participants, signers: signers),
            missing: LocalizedText(zh: "填写签署人；不通过的写明问题", en: "Enter who signed, and the points of those that fail"))
    }

    /// What one participant says; `nil` when it was absent.
    private static func vote(_ id: String, _ reading: inout FormReading) -> (verdict: Verdict, signers: [String])? {
        let name = "votes-\(id)"
        guard let word = VerdictWord(rawValue: reading.answers[name]) else { return nil }
        let points = reading.answers["\(name)-points"].split(whereSeparator: \.isNewline).map { String($0).trimmed }
            .filter { !$0.isEmpty }.map { Point($0) }
        if points.isEmpty, word == .fail || word == .conditions {
            reading.note("\(name)-points", LocalizedText(zh: "写明至少一条问题", en: "Name at least one point"))
        }
        let signers = reading.answers["\(name)-signers"].split { "、，,;；".contains($0) }.map { String($0).trimmed }
            .filter { !$0.isEmpty }
        return (word.verdict(points), signers)
    }
}
