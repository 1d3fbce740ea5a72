import WorkCalendar
import WorkflowModel

extension CaseMachine {
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
        departments += [item.provisions.supervisedBy].compactMap(\.self)
        var seen: Set<String> = []
        return [Actor(role: .applicant, name: "?")]
            + departments.filter { seen.insert($0).inserted }.map {
                Actor(role: .department, department: $0, name: "?")
            } + [Actor(role: .window, name: "?"), Actor(role: .supervisor, name: "?")]
    }

    /// Commands with arguments that serve: what is asked for now, and what might be tried beside.
    private func examples(for index: Int, in state: CaseState) -> [ItemCommand] {
        let asked = requests(ofItemAt: index, in: state).map { $0.favourableAnswer(document: "?") }
        let points = [Point("?")]
        let gaps = (state.items[index].gaps?.materials ?? []).map { SuppliedMaterial(material: $0, hash: "?") }
        let longest = rules.item(index).statutoryLimit?.longestExtension ?? .working(1)
        let refusal = Decision.refused(reasons: "?", appeal: "?")
        let isJoint = rules.item(index).joint != nil
        let usual: [ItemCommand] =
            [
                .beginPreReview, .file(materials: []), .requestCorrection(points: points), .admit,
                .refuseAdmission(reason: "?", rightBody: nil), .sign(opinion: "?"), .requestSupplement(points: points),
                .beginSpecialProcedure(kind: .hearing, basis: "?", length: .working(1)),
                .suspend(reason: "?", approver: "??"),
                .refer(level: .provincial, authority: "?", opinion: "?", within: .working(1)),
                .extend(by: longest, reason: "?", approver: "??"),
                isJoint ? .conclude(.granted) : .decide(.granted), isJoint ? .conclude(refusal) : .decide(refusal),
                .supplyGaps(materials: gaps), .returnApplication(reason: "?"), .withdraw(reason: "?"),
                .issue(documents: []), .check(finding: "?"), .revoke(reason: "?", basis: "?"), .begin, .complete,
            ] + examplesAfterwards(for: index, in: state)
        let names = Set(asked.map(\.name))
        return asked + usual.filter { !names.contains($0.name) }
    }

    /// Promises, meetings, what follows a decision, and changes: where the workflow has them, or the law gives them to all.
    private func examplesAfterwards(for index: Int, in state: CaseState) -> [ItemCommand] {
        let rule = rules.item(index)
        guard rule.route == .application || rule.route == .joint else { return [] }
        let item = state.items[index]
        let today = state.asOf ?? .earliest
        let meeting = calendar.workingDay(onOrAfter: today.adding(days: 1))
        var examples: [ItemCommand] = []
        if rule.handling == .commitment {
            examples += [
                .commit(signer: "?"), .declineCommitment,
                .drawCheck(seed: "?", population: 1, inspectors: ["?", "??"], within: .working(1)),
                .findBreach(finding: "?"), .reportRectified(note: "?"),
            ]
        }
        if rule.startsWithDepartment { examples.append(.beginReview) }
        if rule.provisions.legalReview { examples.append(.reviewLegality(agrees: true, opinion: "?")) }
        if item.aftermath?.response != nil { examples.append(.scheduleProcedure(date: meeting)) }
        if !rule.outputs.isEmpty { examples.append(.deliver(method: .window, tracking: nil, recipient: "?")) }
        if let letter = item.waitingLetter { examples.append(.handOut(notice: letter.notice, recipient: "?")) }
        if rule.provisions.supervisedBy != nil { examples.append(.acknowledge(note: "?")) }
        if rule.lapse != nil { examples.append(.extendPermit(reason: "?")) }
        if rules.isMeasured(index), !state.standards.isEmpty {
            examples.append(
                .measure(
                    values: state.standards.map {
                        MeasuredValue(fact: $0.standard.fact, value: $0.standard.most ?? $0.standard.least ?? 0)
                    }))
        }
        if let joint = rule.joint {
            examples.append(.proposeVisit(date: meeting, remote: false))
            if let participant = joint.participants.first {
                examples.append(.answerVisit(participant: participant.id, dates: [meeting]))
            }
        }
        examples += [
            .appeal(route: .reconsideration, grounds: "?"), .appeal(route: .court, grounds: "?"),
            .decideAppeal(outcome: .upheld, reason: "?"),
        ]
        if let material = rule.materials.first?.material {
            examples.append(.reopen(materials: [SuppliedMaterial(material: material, hash: "?")], reason: "?"))
        }
        return examples
    }

    /// What could be done with the whole case on a date and by whom, and why the rest could not.
    public func possibilities(in state: CaseState, on date: LocalDate) -> [CasePossibility] {
        let leads = plan.workflow.stages.compactMap(\.lead)
        var seen: Set<String> = []
        let actors =
            [
                Actor(role: .applicant, name: "?"), Actor(role: .window, name: "?"),
                Actor(role: .supervisor, name: "?"),
            ]
            + leads.filter { seen.insert($0).inserted }.map { Actor(role: .department, department: $0, name: "?") }
        return caseExamples(in: state, on: date).map { command in
            var nearest: (actor: Actor, rejection: CaseRejection)?
            for actor in actors {
                do throws(CaseRejection) {
                    _ = try decide(
                        command, on: state, in: CaseContext(today: date, actor: actor, earliestFinish: date))
                    return CasePossibility(command: command, by: actor, rejection: nil)
                } catch {
                    if case .notYours? = nearest?.rejection { nearest = (actor, error) }
                    if nearest == nil { nearest = (actor, error) }
                }
            }
            return CasePossibility(
                command: command, by: nearest?.actor ?? actors[0], rejection: nearest?.rejection)
        }
    }

    private func caseExamples(in state: CaseState, on date: LocalDate) -> [CaseCommand] {
        var examples: [CaseCommand] = [
            .withdrawCase(reason: "?"), .cancelCase(reason: "?"),
            state.greenChannel == nil ? .openGreenChannel(reason: "?") : .closeGreenChannel(reason: "?"),
        ]
        if let card = state.cards.last(where: { $0.standing == .open }) {
            examples += [
                .explainCard(card: card.id, explanation: "?"), .liftCard(card: card.id, reason: "?"),
                .confirmCard(card: card.id, reason: "?"),
            ]
        }
        let department = plan.workflow.departments.first?.id
        examples += [
            .supervise(.followUp(item: nil, department: department, demand: "?", due: nil)),
            .supervise(.putIssue(item: nil, department: department, question: "?")),
            .supervise(.complain(item: nil, department: department, text: "?")),
            .supervise(.promiseCertificate(by: date.adding(days: 1), reason: "?")),
        ]
        if let matter = state.oversight?.matters.last(where: { $0.status != .closed }) {
            examples += [
                .supervise(.answer(matter: matter.id, answer: "?", outcome: .explained, by: nil)),
                .supervise(.escalate(matter: matter.id, reason: "?")),
                .supervise(.callBack(matter: matter.id, isSatisfied: true, note: "?")),
                .supervise(.close(matter: matter.id, note: "?")),
            ]
        }
        return examples
    }
}
