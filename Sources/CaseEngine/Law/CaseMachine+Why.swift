import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// Why an item stands as it does on a date, in the order in which it came about, and what comes next.
    ///
    /// - Parameter index: the item's position in the plan.
    public func reasons(ofItemAt index: Int, in state: CaseState, on date: LocalDate) -> [Reason] {
        Explaining(machine: self, state: state, index: index, date: date).reasons
    }

    /// Why the case and its stages stand as they do on a date.
    public func reasons(in state: CaseState, on date: LocalDate) -> [Reason] {
        guard let openedOn = state.openedOn else { return [] }
        var reasons = [
            Reason(.orderOfItems, on: openedOn, zh: "\(openedOn) 立案", en: "opened on \(openedOn)")
        ]
        for (stage, standing) in zip(plan.workflow.stages, state.stages) {
            reasons += self.reasons(of: stage, standing, in: state)
        }
        if let closedOn = state.closedOn {
            reasons.append(
                Reason(
                    state.status == .withdrawn ? .withdrawal : .orderOfItems, on: closedOn,
                    zh: "\(closedOn) \(state.status.title.zh)", en: "\(state.status.title.en) on \(closedOn)"))
        } else {
            reasons.append(
                Reason(
                    .orderOfItems, zh: "还有 \(state.unfinished) 个事项未办结，全部办结才办结（事后核查除外）",
                    en: "\(state.unfinished) items are unfinished; it completes with the last (later checks aside)"))
        }
        reasons += amendments(of: state)
        let open = state.cards.filter { $0.standing == .open }
        if let last = open.last {
            reasons.append(
                Reason(
                    .supervisionCards, on: last.raisedOn, zh: "有 \(open.count) 张监察牌未了结，最近一张 \(last.id)",
                    en: "\(open.count) cards are open, the latest is \(last.id)"))
        }
        return reasons
    }

    /// What governs the case beside its plan: another version, another calendar, the green channel, open matters.
    private func amendments(of state: CaseState) -> [Reason] {
        var reasons: [Reason] = []
        if let version = state.amendedVersion, version != state.opening?.version {
            reasons.append(
                Reason(
                    .governingVersion, zh: "现按版本 \(version) 办理（立案时 \(state.opening?.version ?? "")）",
                    en: "goes by version \(version) now (opened under \(state.opening?.version ?? ""))"))
        }
        for work in (state.governing?.works ?? []).dropFirst(state.opening?.works.count ?? 0) {
            reasons.append(
                Reason(
                    .workAdded, zh: "立案后增加了单项工程 \(work.id)（\(work.title.zh)）",
                    en: "work \(work.id) (\(work.title.en)) was added after the opening"))
        }
        for later in state.governing?.laterCalendars ?? [] {
            reasons.append(
                Reason(
                    .calendarNotice, on: later.after, zh: "\(later.after) 之后的日子按日历 \(later.version) 计算",
                    en: "days after \(later.after) are counted on calendar \(later.version)"))
        }
        if let green = state.greenChannel {
            let (zh, en) = green.rule.map { ($0.title.zh, $0.title.en) } ?? (green.reason, green.reason)
            reasons.append(
                Reason(
                    .greenChannel, on: green.since, zh: "\(green.since) 起走绿色通道：\(zh)",
                    en: "in the green channel since \(green.since): \(en)"))
        }
        for matter in state.oversight?.matters ?? [] where matter.status != .closed {
            reasons.append(
                Reason(
                    matter.kind.rule, on: matter.due,
                    zh: "\(matter.kind.title.zh) \(matter.id)，\(matter.status.title.zh)，\(matter.due) 前答复",
                    en:
                        "\(matter.kind.title.en) \(matter.id) is \(matter.status.title.en), to be answered by \(matter.due)"
                ))
        }
        return reasons
    }

    private func reasons(of stage: Stage, _ standing: StageState, in state: CaseState) -> [Reason] {
        guard let started = standing.startedOn else { return [] }
        if let closed = standing.closedOn {
            return [
                Reason(
                    .stageClosing, on: closed, zh: "阶段“\(stage.title.zh)”\(started) 开始、\(closed) 完成",
                    en: "stage “\(stage.title.en)” began on \(started) and closed on \(closed)")
            ]
        }
        let waits = plan.items.indices.filter { index in
            plan.items[index].stage == stage.id && plan.items[index].item.isMilestoneItem
                && !state.items[index].status.isFinished
        }.map { plan.items[$0].item.title }
        let rule: (String, String) = stage.closes == .allMilestoneItems ? ("全部", "all of") : ("其中任一", "any of")
        return [
            Reason(
                .stageClosing, on: started,
                zh: "阶段“\(stage.title.zh)”\(started) 开始，\(rule.0)办结即完成：\(waits.map(\.zh).joined(separator: "、"))",
                en:
                    "stage “\(stage.title.en)” began on \(started) and closes with \(rule.1): \(waits.map(\.en).joined(separator: ", "))"
            )
        ]
    }
}

extension MatterKind {
    fileprivate var rule: LawRule {
        switch self {
        case .badRating: .badRating
        case .certificate: .certificatePromise
        case .complaint: .complaint
        case .issue: .issueEscalated
        default: .followUp
        }
    }
}
