import WorkCalendar
import WorkflowModel

/// Cards that people raise, ratings, and what is followed up.
extension Deciding {
    mutating func supervise(_ command: SupervisionCommand) throws(CaseRejection) {
        guard state.status != .unopened else { throw .caseNotOpen }
        switch command {
        case .raiseCard(let item, let participant, let rule, let level, let evidence):
            try raiseCard(on: item, participant: participant, rule, level, evidence: evidence)
        case .noteAccountability(let id, let measure, let note):
            try require(.supervisor)
            guard let card = state.cards.first(where: { $0.id == id }) else { throw .unknownCard(id) }
            guard card.standing == .confirmed, card.level >= .red else { throw .cardNotConfirmed(id) }
            try requireText(note)
            emit(.accountabilityNoted(card: id, measure: measure, note: note))
        case .rate(let item, let step, let score, let channel, let comment):
            try rate(item, step, score: score, channel, comment: comment)
        case .followUp(let item, let department, let demand, let due):
            try require(.supervisor)
            try open(
                .followUp, item: item, department: department, text: demand,
                due: due ?? rules.calendar.adding(rules.policy.followUpLimit, to: today))
        case .putIssue(let item, let department, let question): try putIssue(item, department, question)
        case .complain(let item, let department, let text):
            try require(.either(applying, .supervisor))
            try open(
                .complaint, item: item, department: department, text: text,
                due: rules.calendar.adding(rules.policy.complaintLimit, to: today))
        case .answer(let id, let answer, let outcome, let date):
            try self.answer(try matter(id), answer, outcome, by: date)
        case .extend(let id, let amount, let reason, let approver):
            try extend(try matter(id), by: amount, reason: reason, approver: approver)
        case .escalate(let id, let reason): try escalate(try matter(id), reason: reason)
        case .callBack(let id, let isSatisfied, let note): try callBack(try matter(id), isSatisfied, note: note)
        case .promiseCertificate(let date, let reason): try promiseCertificate(by: date, reason: reason)
        case .close(let id, let note):
            let matter = try matter(id)
            try require(.supervisor)
            guard matter.status == .answered else { throw .matterNotNow(matter: id, matter.status) }
            guard matter.kind != .badRating || matter.callBack != nil else { throw .callBackMissing(matter: id) }
            try requireText(note)
            emit(.matterClosed(matter: id, note: note))
        }
    }

    // MARK: Cards

    private mutating func raiseCard(
        on id: String, participant: String?, _ rule: SupervisionRule, _ level: CardLevel, evidence: String
    ) throws(CaseRejection) {
        try require(.supervisor)
        let index = try index(id)
        let position = try participant.map { name throws(CaseRejection) in
            guard let position = definition(index).joint?.participants.firstIndex(where: { $0.id == name }) else {
                throw CaseRejection.unknownParticipant(item: id, participant: name)
            }
            return position
        }
        try requireText(evidence)
        let card = ruleCard(rule, index, participant: position)
        if let open = state.cards.first(where: { $0.id.hasPrefix(card) && $0.standing == .open }) {
            throw .cardAlreadyRaised(open.id)
        }
        raise(rule, level, index, participant: position, evidence: evidence)
    }

    /// Raises a card for what has just happened, where the policy says so; once an application and round.
    mutating func raiseByRule(_ rule: SupervisionRule, _ index: Int, participant: Int? = nil) {
        guard let level = rules.policy.cardsByRule[rule] else { return }
        let card = ruleCard(rule, index, participant: participant)
        guard !state.cards.contains(where: { $0.id == card }), let shown = events.last else { return }
        raise(rule, level, index, participant: participant, evidence: shown.kind.rawValue, by: .system)
    }

    private func ruleCard(_ rule: SupervisionRule, _ index: Int, participant: Int?) -> String {
        let item = item(index)
        return StepName(
            item: item.id, participant: participant.flatMap { definition(index).joint?.participants[$0].id },
            attempt: item.attempt, round: item.round, step: rule.rawValue
        ).text
    }

    private mutating func raise(
        _ rule: SupervisionRule, _ level: CardLevel, _ index: Int, participant: Int?, evidence: String,
        by actor: Actor? = nil
    ) {
        let first = ruleCard(rule, index, participant: participant)
        let same = state.cards.count { $0.id == first || $0.id.hasPrefix("\(first)-") }
        let asked = participant.flatMap { definition(index).joint?.participants[$0] }
        emit(
            .ruleCardRaised(
                card: same == 0 ? first : "\(first)-\(same + 1)", rule: rule, level: level, participant: asked?.id,
                department: asked?.department ?? definition(index).department,
                person: inCharge(index, participant: participant), evidence: evidence),
            to: index, by: actor)
    }

    /// Who is in charge of an item, or of a participant's part, at this moment: who acted last.
    func inCharge(_ index: Int, participant: Int?) -> String? {
        guard let participant else { return state.items[index].officer }
        let participants = state.items[index].joint?.participants ?? []
        return participants.indices.contains(participant) ? participants[participant].officer : nil
    }

    // MARK: Ratings

    private mutating func rate(
        _ id: String, _ step: RatedStep, score: Int, _ channel: RatingChannel, comment: String
    ) throws(CaseRejection) {
        try require(applying)
        let index = try index(id)
        guard (1...5).contains(score) else { throw .scoreOutOfRange(score) }
        let item = item(index)
        guard item.isDone(step) else { throw .stepNotDone(item: id, step) }
        let ratings = state.oversight?.ratings ?? []
        guard !ratings.contains(where: { $0.item == id && $0.attempt == item.attempt && $0.step == step }) else {
            throw .alreadyRated(item: id, step)
        }
        emit(
            .rated(step: step, attempt: item.attempt, score: score, channel: channel, comment: comment), to: index)
        guard Rating.isBad(score), let department = definition(index).department else { return }
        open(
            .badRating, item: id, department: department, office: department, text: comment,
            due: rules.calendar.adding(rules.policy.badRatingLimit, to: today), by: .system)
    }

    // MARK: Matters

    private mutating func putIssue(_ item: String?, _ department: String?, _ question: String) throws(CaseRejection) {
        let own = actor.role == .department ? actor.department : nil
        guard own != nil || actor.role == .agent || actor.role == .window else {
            let lead = department ?? rules.plan.workflow.stages.compactMap(\.lead).first ?? ""
            throw .notYours(.either(.department(lead), .window))
        }
        try requireText(question)
        let subject = try subject(item: item, department: department ?? own)
        guard let first = rules.policy.escalation.first else { throw .noHigherOffice(subject) }
        open(
            .issue, item: item, department: subject, office: first, text: question,
            due: rules.calendar.adding(rules.policy.escalationLimit, to: today))
    }

    private mutating func open(
        _ kind: MatterKind, item: String?, department: String?, text: String, due: LocalDate
    ) throws(CaseRejection) {
        try requireText(text)
        let department = try subject(item: item, department: department)
        guard due >= today else { throw .dateNotAhead(due) }
        open(kind, item: item, department: department, office: department, text: text, due: due)
    }

    private mutating func open(
        _ kind: MatterKind, item: String?, department: String, office: String, text: String, due: LocalDate,
        by actor: Actor? = nil
    ) {
        let number = (state.oversight?.matters.count { $0.kind == kind } ?? 0) + 1
        emit(
            .matterOpened(
                matter: MatterOpening(
                    id: "\(kind.rawValue)-\(number)", kind: kind, item: item, department: department, office: office,
                    text: text, due: due)),
            by: actor)
    }

    private mutating func answer(
        _ matter: Matter, _ answer: String, _ outcome: BadRatingOutcome?, by date: LocalDate?
    ) throws(CaseRejection) {
        if matter.kind == .certificate {
            guard actor.role == .agent || actor.role == .window else { throw .promiseIsAgents }
        } else {
            try require(.either(.department(matter.office), .department(matter.department)))
        }
        guard matter.status == .open else { throw .matterNotNow(matter: matter.id, matter.status) }
        try requireText(answer)
        if matter.kind == .badRating {
            guard let outcome else { throw .outcomeMissing(matter: matter.id) }
            if outcome == .fixedByDate {
                guard let date, date >= today else { throw .dateNotAhead(date ?? today) }
            }
        }
        let isBad = matter.kind == .badRating
        emit(
            .matterAnswered(
                matter: matter.id, answer: answer, outcome: isBad ? outcome : nil,
                by: isBad && outcome == .fixedByDate ? date : nil))
        switch matter.kind {
        case .issue, .complaint: emit(.matterClosed(matter: matter.id, note: ""), by: .system)
        case .badRating where outcome == .fixedByDate:
            // What was promised by a date is followed up by that date.
            guard let date else { break }
            open(
                .followUp, item: matter.item, department: matter.department, office: matter.department, text: answer,
                due: date, by: .system)
        case .badRating, .followUp, .certificate: break
        }
    }

    private mutating func extend(
        _ matter: Matter, by amount: DayAmount, reason: String, approver: String
    ) throws(CaseRejection) {
        try require(.department(matter.office))
        guard matter.kind == .complaint else { throw .matterNotOfKind(matter: matter.id, matter.kind) }
        guard matter.status == .open, !matter.isOverdue else {
            throw .matterNotNow(matter: matter.id, matter.status)
        }
        if matter.isExtended { throw .matterAlreadyExtended(matter: matter.id) }
        let longest = rules.policy.complaintExtension
        guard amount.minutes > 0 else { throw .lengthMissing }
        guard amount.unit == longest.unit, amount.minutes <= longest.minutes else {
            throw .extensionTooLong(longest: longest)
        }
        try requireText(reason)
        try requireApprover(approver)
        emit(
            .matterExtended(
                matter: matter.id, due: rules.calendar.adding(amount, to: matter.due), reason: reason,
                approver: approver))
    }

    private mutating func escalate(_ matter: Matter, reason: String) throws(CaseRejection) {
        try require(.either(.department(matter.office), .supervisor))
        guard matter.kind.escalates else { throw .matterNotOfKind(matter: matter.id, matter.kind) }
        guard matter.status != .closed else { throw .matterNotNow(matter: matter.id, matter.status) }
        try requireText(reason)
        guard let office = rules.office(above: matter) else { throw .noHigherOffice(matter.id) }
        emit(escalation(of: matter, to: office, reason: reason))
    }

    private func escalation(of matter: Matter, to office: String, reason: String) -> Happening {
        .matterEscalated(
            matter: matter.id, office: office,
            due: rules.calendar.adding(rules.policy.escalationLimit, to: today), reason: reason)
    }

    private mutating func callBack(
        _ matter: Matter, _ isSatisfied: Bool, note: String
    ) throws(CaseRejection) {
        try require(.either(.window, .supervisor))
        guard matter.kind == .badRating || matter.kind == .complaint else {
            throw .matterNotOfKind(matter: matter.id, matter.kind)
        }
        guard matter.answeredOn != nil, matter.status != .open, matter.callBack == nil else {
            throw .matterNotNow(matter: matter.id, matter.status)
        }
        try requireText(note)
        emit(.matterCalledBack(matter: matter.id, satisfied: isSatisfied, note: note))
        if isSatisfied, matter.status == .answered { emit(.matterClosed(matter: matter.id, note: ""), by: .system) }
    }

    /// A matter's limit has passed without an answer.
    mutating func fireMatter(_ position: Int) {
        guard let matter = state.oversight?.matters[position] else { return }
        emit(.matterOverdue(matter: matter.id))
        if matter.kind.escalates, let office = rules.office(above: matter) {
            emit(escalation(of: matter, to: office, reason: ""))
        }
    }

    // MARK: Names

    private func index(_ id: String) throws(CaseRejection) -> Int {
        guard let index = rules.index(of: id), index < state.items.count else { throw .unknownItem(id) }
        return index
    }

    private func matter(_ id: String) throws(CaseRejection) -> Matter {
        guard let matter = state.oversight?.matters.first(where: { $0.id == id }) else { throw .unknownMatter(id) }
        return matter
    }

    /// The department that a matter is about: the one named, or the item's.
    private func subject(item: String?, department: String?) throws(CaseRejection) -> String {
        let own = try item.map { id throws(CaseRejection) in definition(try index(id)).department } ?? nil
        guard let department = department ?? own else { throw .departmentMissing }
        guard rules.knows(department: department) else { throw .unknownDepartment(department) }
        return department
    }
}

extension ItemState {
    /// Whether a step is over, so that it can be rated.
    fileprivate func isDone(_ step: RatedStep) -> Bool {
        switch step {
        case .admission: admittedOn != nil || status == .notAdmitted
        case .decision:
            switch status {
            case .granted, .grantedWithGaps, .refused, .issued, .checked, .revoked: true
            case .done: endedOn != nil
            default: false
            }
        case .delivery: issuedOn != nil
        }
    }
}

extension CaseRules {
    /// The next office of the chain, if there is one.
    func office(above matter: Matter) -> String? {
        let chain = policy.escalation
        let next = chain.firstIndex(of: matter.office).map { $0 + 1 } ?? 0
        return next < chain.count ? chain[next] : nil
    }

    func knows(department id: String) -> Bool {
        plan.workflow.departments.contains { $0.id == id } || policy.escalation.contains(id)
            || items.contains { rule in
                rule.department == id || rule.joint?.participants.contains { $0.department == id } == true
            }
    }
}
