import WorkCalendar
import WorkflowModel

/// A notice to the applicant, as its text stands in the case (告知文书).
public struct CaseNotice: Hashable, Sendable {
    public let kind: Kind
    public let item: String
    /// The day on which it was told.
    public let on: LocalDate
    public let title: LocalizedText
    /// One sentence each: what, by when, and what follows otherwise.
    public let lines: [LocalizedText]
    public let rule: LawRule

    /// The kinds of notices.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// 收件回执
        case receipt
        /// 一次性补正告知书
        case correction
        /// 受理通知书
        case admission
        /// 容缺受理告知书
        case tolerance
        /// 补件通知书
        case supplement
        /// 到场通知书
        case visit
        /// 整改通知书, of a joint item's opinions or of a check of a promise.
        case rectification

        public var title: LocalizedText {
            switch self {
            case .receipt: LocalizedText(zh: "收件回执", en: "Receipt")
            case .correction: LocalizedText(zh: "一次性补正告知书", en: "Notice of correction")
            case .admission: LocalizedText(zh: "受理通知书", en: "Notice of admission")
            case .tolerance: LocalizedText(zh: "容缺受理告知书", en: "Notice of admission with gaps")
            case .supplement: LocalizedText(zh: "补件通知书", en: "Request for a supplement")
            case .visit: LocalizedText(zh: "到场通知书", en: "Notice of a visit")
            case .rectification: LocalizedText(zh: "整改通知书", en: "Notice of rectification")
            }
        }
    }
}

extension CaseMachine {
    /// The notices of an item's application as they stand, in the order of their kinds; read from the state alone.
    ///
    /// - Parameter index: the item's position in the plan.
    public func notices(ofItemAt index: Int, in state: CaseState) -> [CaseNotice] {
        Noticing(machine: self, state: state, index: index).notices
    }
}

private struct Noticing {
    let machine: CaseMachine
    let state: CaseState
    let index: Int

    private var item: ItemState { state.items[index] }
    private var definition: Item { machine.plan.items[index].item }

    var notices: [CaseNotice] {
        [receipt, correction, admission, tolerance, supplement, visit, rectification, breach].compactMap(\.self)
    }

    private func notice(_ kind: CaseNotice.Kind, on date: LocalDate, _ rule: LawRule, _ lines: [(String, String)])
        -> CaseNotice
    {
        CaseNotice(
            kind: kind, item: item.id, on: date, title: definition.title,
            lines: lines.map { LocalizedText(zh: $0.0, en: $0.1) }, rule: rule)
    }

    private func title(of material: String) -> LocalizedText {
        machine.plan.workflow.materials.first { $0.id == material }?.title ?? LocalizedText(zh: material, en: material)
    }

    private var receipt: CaseNotice? {
        guard let filed = item.filedOn, let received = item.receivedOn else { return nil }
        var lines = [("\(filed) 申报，收到日 \(received)。", "Filed on \(filed), received on \(received).")]
        if let arrival = item.aftermath?.arrival {
            lines.append(("收件：\(arrival.words.zh)。", "Taken in: \(arrival.words.en)."))
        }
        let held = item.documents.map { title(of: $0.material) }
        if !held.isEmpty {
            lines.append(
                (
                    "收到材料 \(held.count) 件：\(held.map(\.zh).joined(separator: "、"))。",
                    "\(held.count) documents: \(held.map(\.en).joined(separator: ", "))."
                ))
        }
        if let admitBy = item.admitBy {
            lines.append(
                (
                    "\(admitBy) 前不告知补正的，自 \(received) 起即为受理。",
                    "Without a notice of correction by \(admitBy) it counts as admitted since \(received)."
                ))
        }
        let works = machine.calendar.isWorking(filed)
        let rule: LawRule = (received == filed) == works ? (works ? .onRecord : .filingOutsideHours) : .serviceHours
        return notice(.receipt, on: filed, rule, lines)
    }

    private func lines(of points: [Point]) -> [(String, String)] {
        points.enumerated().map { offset, point in
            let material = point.material.map { title(of: $0) }
            return (
                "\(offset + 1). " + (material.map { "\($0.zh)：" } ?? "") + point.text,
                "\(offset + 1). " + (material.map { "\($0.en): " } ?? "") + point.text
            )
        }
    }

    private var correction: CaseNotice? {
        guard let correction = item.correction else { return nil }
        return notice(
            .correction, on: correction.on, .oneCorrection,
            lines(of: correction.points) + [("补正内容一次告知，不再另行告知。", "This is all; there is no second notice.")])
    }

    private var admission: CaseNotice? {
        guard let on = item.admittedOn else { return nil }
        var lines = [("自 \(on) 起受理，这天不计。", "Admitted on \(on), which does not count.")]
        if let last = item.limits?.promised {
            lines.append(("承诺于 \(last) 前办结。", "Decided by \(last), as promised."))
        }
        if let last = item.limits?.statutory {
            lines.append(("法定最后一天是 \(last)。", "The last day by law is \(last)."))
        }
        return notice(.admission, on: on, .statutoryLimit, lines)
    }

    /// Item, form, date and consequence, all of them at once.
    ///
    /// - Source: 广东方案 二(六)20; 乳山规划 四章三节.
    private var tolerance: CaseNotice? {
        guard let gaps = item.gaps, let on = item.admittedOn else { return nil }
        return notice(
            .tolerance, on: on, .tolerance,
            gaps.materials.enumerated().map { offset, material in
                let title = title(of: material)
                let basis = machine.plan.workflow.materials.first { $0.id == material }?.basis ?? ""
                return (
                    "\(offset + 1). 容缺材料：\(title.zh)（\(material)），依据 \(basis)，原件或者其电子文件。",
                    "\(offset + 1). To follow: \(title.en) (\(material)), by \(basis), the original or its electronic file."
                )
            } + [
                (
                    "于 \(gaps.promise) 前补齐；\(gaps.remindOn) 提醒一次。",
                    "By \(gaps.promise); there is one reminder on \(gaps.remindOn)."
                ),
                (
                    "逾期未补齐的，记入信用；未决定的退件或者不予许可，已决定的中止效力并启动撤销。",
                    "If it is late it goes on the credit record; undecided the application is returned or refused, decided the effect is suspended and revocation begins."
                ),
            ])
    }

    private var supplement: CaseNotice? {
        guard let supplement = item.supplement else { return nil }
        return notice(
            .supplement, on: supplement.on, .oneSupplement,
            lines(of: supplement.points) + [("补齐之前停止计时。", "The clock stands still until all is supplied.")])
    }

    private var visit: CaseNotice? {
        guard let visit = item.joint?.visit, let date = visit.fixed else { return nil }
        let how = visit.isRemote ? ("远程", "remotely") : ("现场", "on site")
        return notice(
            .visit, on: visit.proposedOn, .agreedVisit,
            [("\(date) \(how.0)联合勘验，各部门同时到场。", "All departments come on \(date), \(how.1), together.")])
    }

    private var rectification: CaseNotice? {
        guard item.status == .rectifying, let joint = item.joint, let span = joint.phases.last else { return nil }
        let due = definition.joint?.rectification.map { machine.calendar.adding($0.applicant.max, to: span.start) }
        return notice(
            .rectification, on: span.start, .oneConsolidatedNotice,
            lines(of: joint.notice.map(\.point))
                + (due.map {
                    [("于 \($0) 前整改完毕；整改期间停止计时。", "To be put right by \($0); the clock stands still meanwhile.")]
                } ?? []))
    }

    private var breach: CaseNotice? {
        guard let breach = item.aftermath?.breach, let by = breach.rectifyBy, breach.rectifiedOn == nil else {
            return nil
        }
        return notice(
            .rectification, on: breach.on, .commitmentBreach,
            [
                ("核查发现：\(breach.finding)。", "A check found: \(breach.finding)."),
                (
                    "于 \(by) 前整改并报告；逾期的记入信用，中止效力，依法撤销。",
                    "To be put right and reported by \(by); if it is late it goes on the credit record, the effect is suspended and it is revoked."
                ),
            ])
    }
}
