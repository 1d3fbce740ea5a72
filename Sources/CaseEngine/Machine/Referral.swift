import WorkCalendar
import WorkflowModel

/// An item that an authority of another level decides after the own one has examined it (跨层级办理): to whom it went,
/// when, and the clock there.
///
/// - Source: 行政许可法 (2019) arts. 35, 43: the lower level examines within its own limit and hands its opinion up with all
///   materials; nothing is asked from the applicant again. That the own clock rests meanwhile follows from art. 43.
public struct Referral: Hashable, Sendable {
    public let level: AdministrativeLevel
    /// The receiving authority.
    public let authority: String
    /// The opinion that went with it 初步审查意见.
    public let opinion: String
    /// The date of transmission, day 0 of the clock there.
    public let on: LocalDate
    /// The last day of the limit there.
    public let due: LocalDate
    public internal(set) var hasOverrun = false
    public internal(set) var answer: ReferralAnswer?
}

/// What the other level decided, and who signed it (上级决定).
public struct ReferralAnswer: Hashable, Sendable {
    public let agrees: Bool
    public let signer: String
    /// Number or title of the document.
    public let document: String
    public let on: LocalDate
}

/// How a power came to be exercised by another body (权力下放、提级、委托), which says in whose name it signs.
///
/// - Source: 行政许可法 (2019) art. 24: who is entrusted acts in the name of who entrusts; otherwise a body acts in its own.
public enum PowerShift: String, Hashable, Sendable, Codable, CaseIterable {
    /// 下放
    case devolved
    /// 提级
    case elevated
    /// 委托
    case entrusted

    public var title: LocalizedText {
        switch self {
        case .devolved: LocalizedText(zh: "下放", en: "devolved")
        case .elevated: LocalizedText(zh: "提级", en: "elevated")
        case .entrusted: LocalizedText(zh: "委托", en: "entrusted")
        }
    }
}

/// A power over an item that moved (事权调整).
public struct ShiftedPower: Hashable, Sendable {
    public let how: PowerShift
    public let from: String?
    public let to: String
    public let basis: String
    public let on: LocalDate

    /// The body in whose name the item is decided 签发机关.
    public var signsAs: String { how == .entrusted ? from ?? to : to }
}

// MARK: Deciding

extension Deciding {
    mutating func decideReferral(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let id = definition(index).id
        switch command {
        case .refer(let level, let authority, let opinion, let within):
            try require(department(of: index))
            let status = self.status(index)
            guard status.isClocked, status.isUnderReview else { throw .notNow(item: id, status: status) }
            try requireNoPause(index)
            if state.items[index].aftermath?.referral != nil { throw .alreadyReferred(item: id) }
            try requireText(authority)
            try requireText(opinion)
            guard within.minutes > 0 else { throw .lengthMissing }
            beginReview(index)
            emit(.referred(level: level, authority: authority, opinion: opinion, within: within), to: index)
        case .recordAnswer(let agrees, let signer, let document, let opinion):
            try require(.either(.window, department(of: index)))
            guard pause(index)?.kind == .referral else { throw .notPaused(item: id) }
            try requireText(signer)
            try requireText(document)
            emit(
                .referralAnswered(agrees: agrees, signer: signer, document: document, opinion: opinion), to: index)
        default: break
        }
    }

    /// What another level decided stands.
    func requireAnswered(granting: Bool, _ index: Int) throws(CaseRejection) {
        guard let referral = state.items[index].aftermath?.referral, let answer = referral.answer,
            answer.agrees != granting
        else { return }
        throw .decidedElsewhere(item: definition(index).id, authority: referral.authority, agrees: answer.agrees)
    }

    /// Whether another level has decided against it, so that nothing is granted by itself.
    func isDeclined(_ index: Int) -> Bool { state.items[index].rare.first?.referral?.answer?.agrees == false }
}

// MARK: Folding

extension CaseRules {
    /// The item goes to another level; its own clock rests.
    func refer(
        _ item: inout ItemState, to authority: String, _ level: AdministrativeLevel, opinion: String,
        within: DayAmount, on date: LocalDate
    ) {
        let due = calendar.adding(within, to: date)
        item.interludes += 1
        item.pause = Pause(
            kind: .referral, since: date, procedure: nil, length: within, announced: due,
            overrunOn: firstWorkingDay(after: due), stopsClock: true)
        item.stops.append(ClockStop(stop: date, reason: .referral, basis: authority))
        let referral = Referral(level: level, authority: authority, opinion: opinion, on: date, due: due)
        item.withAftermath { $0.referral = referral }
    }
}

extension Explaining {
    /// Another level that decides, and a power that moved: who signs.
    var elsewhere: [Reason] {
        var reasons: [Reason] = []
        if let referral = item.aftermath?.referral {
            let place = (
                zh: "\(referral.level.title.zh)机关 \(referral.authority)",
                en: "\(referral.authority) (\(referral.level.title.en))"
            )
            reasons.append(
                Reason(
                    .upperLevel, on: referral.on,
                    zh: "\(referral.on) 审查完毕，连同全部材料报\(place.zh)，该机关 \(referral.due) 前答复"
                        + (referral.hasOverrun ? "，已逾期" : "") + (referral.answer == nil ? "，本级停止计时" : ""),
                    en:
                        "examined and handed to \(place.en) on \(referral.on) with everything; it answers by \(referral.due)"
                        + (referral.hasOverrun ? ", and is late" : "")
                        + (referral.answer == nil ? "; the clock here rests" : "")))
            if let answer = referral.answer {
                reasons.append(
                    Reason(
                        .upperLevel, on: answer.on,
                        zh:
                            "\(answer.on) \(place.zh)\(answer.agrees ? "同意" : "不同意")，\(answer.signer) 签发（\(answer.document)）",
                        en:
                            "\(place.en) \(answer.agrees ? "agreed" : "declined") on \(answer.on), signed by \(answer.signer) (\(answer.document))"
                    ))
            }
        }
        if let power = item.aftermath?.power {
            reasons.append(
                Reason(
                    .powerMoved, on: power.on, basis: power.basis,
                    zh: "\(power.on) 起\(power.how.title.zh) \(power.to) 办理，以 \(power.signsAs) 名义签发",
                    en: "\(power.how.title.en) to \(power.to) since \(power.on), signed in the name of \(power.signsAs)"
                ))
        }
        return reasons
    }
}
