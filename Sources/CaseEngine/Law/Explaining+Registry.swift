import WorkCalendar
import WorkflowModel

extension Explaining {
    /// Which day the application counts as received, where that is not plain.
    var received: Reason? {
        guard let filed = item.filedOn, let received = item.receivedOn, item.correction == nil else { return nil }
        let time = item.aftermath?.arrival?.at.map { (" \($0)", " at \($0)") } ?? ("", "")
        let works = machine.calendar.isWorking(filed)
        if received > filed {
            return works
                ? Reason(
                    .serviceHours, on: received, zh: "\(filed)\(time.0) 申报，已过服务时间，视为 \(received) 收到",
                    en: "filed on \(filed)\(time.1), after hours, so it counts as received on \(received)")
                : Reason(
                    .filingOutsideHours, on: received, zh: "\(filed)\(time.0) 申报，当日不上班，视为 \(received) 收到",
                    en: "filed on \(filed)\(time.1), a day off, so it counts as received on \(received)")
        }
        guard !works else { return nil }
        return Reason(
            .serviceHours, on: received, zh: "\(filed)\(time.0) 申报，不是工作日但窗口服务，当日收到；期限从下一个工作日起算",
            en:
                "filed on \(filed)\(time.1), no working day, but the window serves: received that day, and days count from the next working day"
        )
    }

    /// How the application came in, where that was told.
    var arrival: [Reason] {
        guard let arrival = item.aftermath?.arrival, let filed = item.filedOn,
            arrival.channel != nil || arrival.firstContact != nil
        else { return [] }
        return [
            Reason(
                .onRecord, on: filed, zh: "\(filed) 收件：\(arrival.words.zh)",
                en: "taken in on \(filed): \(arrival.words.en)")
        ]
    }

    /// What was done by the registry's leave, and what the registry kept from being.
    var registered: [Reason] {
        (item.aftermath?.grounds ?? []).flatMap { noted in
            let (grounds, title) = (noted.grounds, noted.kind.title)
            var reasons: [Reason] = []
            if let absent = grounds.onBehalfOf, noted.kind != .signed {
                reasons.append(
                    Reason(
                        .deputyActs, on: noted.on, zh: "\(noted.on) \(title.zh)：\(noted.name)代请假的\(absent)办理",
                        en: "\(title.en) on \(noted.on) by \(noted.name) for \(absent), who was away"))
            }
            if let absent = grounds.approvedFor {
                reasons.append(
                    Reason(
                        .approversByRole, on: noted.on, zh: "\(noted.on) \(title.zh)：由\(absent)的 B 岗批准",
                        en: "\(title.en) on \(noted.on), approved by the deputy of \(absent)"))
            }
            if let authority = grounds.authority {
                reasons.append(
                    Reason(
                        .windowAuthority, on: noted.on,
                        zh: "\(noted.on) \(title.zh)：窗口\(noted.name)按授权 \(authority) 办理",
                        en: "\(title.en) on \(noted.on): by \(noted.name) of the window on authority \(authority)"))
            }
            if let assignment = grounds.assignment {
                reasons.append(
                    Reason(
                        .agentAssignment, on: noted.on,
                        zh: "\(noted.on) \(title.zh)：代办员\(noted.name)按委托 \(assignment) 办理",
                        en: "\(title.en) on \(noted.on): by agent \(noted.name) on assignment \(assignment)"))
            }
            if let firm = grounds.firm {
                reasons.append(
                    Reason(
                        .intermediarySelected, on: noted.on, zh: "\(noted.on) \(title.zh)：由选取的中介机构 \(firm) 承担",
                        en: "\(title.en) on \(noted.on): by firm \(firm), which was selected for it"))
            }
            if let contract = grounds.contract {
                reasons.append(
                    Reason(
                        .serviceContract, on: noted.on, zh: "\(noted.on) \(title.zh)：按合同 \(contract) 的服务时间办理",
                        en: "\(title.en) on \(noted.on): within the days of contract \(contract)"))
            }
            if let bar = grounds.bar {
                reasons.append(
                    Reason(
                        .creditBar, on: noted.on, zh: "不适用告知承诺，按一般程序办理：\(bar.words.zh)",
                        en: "no commitment but the ordinary way: \(bar.words.en)"))
            }
            return reasons
        }
    }

    /// The control values of the area, and what was measured.
    var measured: [Reason] {
        guard machine.rules.isMeasured(index), !state.standards.isEmpty, item.attempt > 0 else { return [] }
        let values = item.aftermath?.measurement?.values ?? []
        return state.standards.map { applied in
            let found = values.first { $0.fact == applied.standard.fact }
            let words: (zh: String, en: String) =
                if let found {
                    applied.standard.admits(found.value)
                        ? ("实测 \(found.value.plain)，符合", "measured \(found.value.plain), which keeps it")
                        : (
                            "实测 \(found.value.plain)，超出，不得通过",
                            "measured \(found.value.plain), beyond it: nothing is accepted"
                        )
                } else {
                    ("尚未实测", "not measured yet")
                }
            return Reason(
                .zoneStandards, on: found == nil ? nil : item.aftermath?.measurement?.on, basis: applied.document,
                zh: "控制指标 \(applied.standard.words)（\(applied.assessment)）：\(words.zh)",
                en: "control value \(applied.standard.words) (\(applied.assessment)): \(words.en)")
        }
    }

    /// A visit that is still to be made, a change under way, and what has gone on in reliance on the result.
    var standing: [Reason] {
        var reasons: [Reason] = []
        if item.admittedOn != nil, item.status.isUnderReview,
            machine.rules.lacksVisit(item, at: index, in: state)
        {
            reasons.append(
                Reason(
                    .visitDemanded, basis: definition.basis, zh: "须先到现场核实并记录，之后才能准予",
                    en: "somebody has to go there and record it before it is granted"))
        }
        if definition.provisions.visit, item.admittedOn != nil, item.aftermath?.visitedOn == nil,
            item.aftermath?.promise != nil || state.greenChannel?.rule == .credit
        {
            let (zh, en) = item.aftermath?.promise != nil ? ("承诺", "a promise") : ("信用良好", "good credit")
            reasons.append(
                Reason(.inspectionWaived, zh: "因\(zh)免于到场核实", en: "no visit is needed because of \(en)"))
        }
        if let grant = item.standingGrant {
            let on = grant.finishedOn?.description ?? ""
            reasons.append(
                Reason(
                    .changeAfterGrant, on: item.admittedOn, zh: "正在办理变更，另行计时；\(on) 的准予在变更作出决定前有效",
                    en: "a change is looked at on a clock of its own; the grant of \(on) stands until it is decided"))
        }
        if item.status.isFinished || item.status == .revoked || item.status == .lapsed || item.standingGrant != nil {
            let others = machine.reliances(on: item.id, in: state)
            if !others.isEmpty {
                let zh = others.map {
                    $0.item + ($0.materials.isEmpty ? "" : "（\($0.materials.joined(separator: "、"))）")
                }
                let en = others.map {
                    $0.item + ($0.materials.isEmpty ? "" : " (\($0.materials.joined(separator: ", ")))")
                }
                reasons.append(
                    Reason(
                        .reliance, zh: "以它为依据的有：\(zh.joined(separator: "、"))",
                        en: "what rests on it: \(en.joined(separator: ", "))"))
            }
        }
        return reasons
    }
}

extension CaseEvent.Kind {
    /// The act in a word, for what the registry allows.
    fileprivate var title: LocalizedText {
        switch self {
        case .filed: LocalizedText(zh: "申报", en: "filed")
        case .preReviewBegan, .preReviewFinished: LocalizedText(zh: "预审", en: "pre-review")
        case .correctionRequested: LocalizedText(zh: "补正告知", en: "correction asked for")
        case .correctionSupplied, .supplementSupplied, .gapsSupplied:
            LocalizedText(zh: "补交材料", en: "materials supplied")
        case .admitted: LocalizedText(zh: "受理", en: "admitted")
        case .admissionRefused: LocalizedText(zh: "不予受理", en: "not admitted")
        case .extended: LocalizedText(zh: "延长", en: "extended")
        case .suspended: LocalizedText(zh: "中止", en: "suspended")
        case .granted, .grantedWithGaps: LocalizedText(zh: "准予", en: "granted")
        case .refused: LocalizedText(zh: "不予许可", en: "refused")
        case .opinionGiven: LocalizedText(zh: "提出意见", en: "opinion given")
        case .merged: LocalizedText(zh: "合并意见", en: "opinions merged")
        case .begun: LocalizedText(zh: "开始", en: "begun")
        case .completed: LocalizedText(zh: "完成", en: "completed")
        case .withdrawn: LocalizedText(zh: "撤回", en: "withdrawn")
        default: LocalizedText(zh: "办理", en: "done")
        }
    }
}
