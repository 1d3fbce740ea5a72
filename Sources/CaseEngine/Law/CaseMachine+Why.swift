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
        let open = state.cards.filter { $0.standing == .open }
        if let last = open.last {
            reasons.append(
                Reason(
                    .supervisionCards, on: last.raisedOn, zh: "有 \(open.count) 张监察牌未了结，最近一张 \(last.id)",
                    en: "\(open.count) cards are open, the latest is \(last.id)"))
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

    /// What could be done with an item on a date and by whom, and why the rest could not.
    ///
    /// Every command is tried with arguments that serve it, by those whom it may be for; nothing happens.
    public func possibilities(ofItemAt index: Int, in state: CaseState, on date: LocalDate) -> [Possibility] {
        let id = plan.items[index].item.id
        let actors = candidates(for: index)
        return examples(for: index, in: state).compactMap { command in
            var nearest: (actor: Actor, rejection: CaseRejection)?
            for actor in actors {
                do throws(CaseRejection) {
                    _ = try decide(.item(id, command), on: state, in: CaseContext(today: date, actor: actor))
                    return Possibility(command: command, by: actor, rejection: nil)
                } catch {
                    // That it is somebody else's says least.
                    if case .notForThisItem = error { return nil }
                    if case .notYours? = nearest?.rejection { nearest = (actor, error) }
                    if nearest == nil { nearest = (actor, error) }
                }
            }
            return nearest.map { Possibility(command: command, by: $0.actor, rejection: $0.rejection) }
        }
    }

    /// Those who have anything to do with an item; nobody's name is that of who signed before.
    private func candidates(for index: Int) -> [Actor] {
        let item = plan.items[index].item
        var departments = [item.department].compactMap(\.self)
        if let joint = item.joint {
            departments += [joint.admittedBy].compactMap(\.self) + joint.participants.map(\.department)
        }
        var seen: Set<String> = []
        return [Actor(role: .applicant, name: "?")]
            + departments.filter { seen.insert($0).inserted }.map {
                Actor(role: .department, department: $0, name: "?")
            } + [Actor(role: .window, name: "?")]
    }

    /// Commands with arguments that serve: what is asked for now, and what might be tried beside.
    private func examples(for index: Int, in state: CaseState) -> [ItemCommand] {
        let asked = requests(ofItemAt: index, in: state).map { $0.favourableAnswer(document: "?") }
        let points = [Point("?")]
        let gaps = (state.items[index].gaps?.materials ?? []).map { SuppliedMaterial(material: $0, hash: "?") }
        let longest = rules.item(index).statutoryLimit?.longestExtension ?? .working(1)
        let refusal = Decision.refused(reasons: "?", appeal: "?")
        let isJoint = rules.item(index).joint != nil
        let usual: [ItemCommand] = [
            .beginPreReview, .file(materials: []), .requestCorrection(points: points), .admit,
            .refuseAdmission(reason: "?", rightBody: nil), .sign(opinion: "?"), .requestSupplement(points: points),
            .beginSpecialProcedure(kind: .hearing, basis: "?", length: .working(1)),
            .suspend(reason: "?", approver: "??"), .extend(by: longest, reason: "?", approver: "??"),
            isJoint ? .conclude(.granted) : .decide(.granted), isJoint ? .conclude(refusal) : .decide(refusal),
            .supplyGaps(materials: gaps), .returnApplication(reason: "?"), .withdraw(reason: "?"),
            .issue(documents: []), .check(finding: "?"), .revoke(reason: "?", basis: "?"), .begin, .complete,
        ]
        let names = Set(asked.map(\.name))
        return asked + usual.filter { !names.contains($0.name) }
    }
}
