import WorkCalendar
import WorkflowModel

/// What a firm has taken on, with the time that it promised (中介服务承诺): a clock of its own, beside the item's limit.
///
/// - Source: 重庆方案 二(九): 垄断中介限时服务, 三承诺.
public struct FirmEngagement: Hashable, Sendable {
    /// The firm's code.
    public let firm: String
    /// 服务时间
    public let time: DayAmount
    public let since: LocalDate
    /// The last day of the promised time.
    public let due: LocalDate
    /// When the firm is reminded; `nil` where the time is too short for that.
    public let remindOn: LocalDate?
    /// The first working day past ``due``.
    let overrunOn: LocalDate
    public internal(set) var isReminded = false
    public internal(set) var hasOverrun = false
}

extension CaseRules {
    /// Starts the firm's clock with its work, where the registry knows its promise.
    func engage(_ item: inout ItemState, by grounds: Grounds?, since: LocalDate) {
        guard let firm = grounds?.firm, let time = grounds?.promised else { return }
        let due = calendar.adding(time, to: since)
        let engagement = engagement(of: firm, time, since: since, due: due)
        item.withAftermath { $0.engagement = engagement }
    }

    /// The same engagement with another last day.
    func move(_ engagement: FirmEngagement, to due: LocalDate) -> FirmEngagement {
        var moved = self.engagement(of: engagement.firm, engagement.time, since: engagement.since, due: due)
        moved.isReminded = engagement.isReminded
        moved.hasOverrun = engagement.hasOverrun
        return moved
    }

    private func engagement(
        of firm: String, _ time: DayAmount, since: LocalDate, due: LocalDate
    ) -> FirmEngagement {
        let reminder = reminder(before: due)
        return FirmEngagement(
            firm: firm, time: time, since: since, due: due, remindOn: reminder > since ? reminder : nil,
            overrunOn: firstWorkingDay(after: due))
    }
}

extension Deciding {
    mutating func remindOfFirm(_ index: Int) {
        guard let engagement = state.items[index].aftermath?.engagement else { return }
        emit(.firmReminded(firm: engagement.firm, due: engagement.due), to: index, by: .system)
    }

    /// Notes, once, that the firm's time is over: by time, or when its work is reported late.
    mutating func noteFirmOverrun(_ index: Int) {
        guard let engagement = state.items[index].aftermath?.engagement, !engagement.hasOverrun,
            engagement.overrunOn <= today
        else { return }
        emit(.firmOverran(firm: engagement.firm, due: engagement.due), to: index, by: .system)
    }
}

extension Asking {
    /// The last day of work: of the item's limit or of the firm's promise, whichever comes first.
    var dueOfWork: LocalDate? {
        [item.limits?.promised, item.aftermath?.engagement?.due].compactMap(\.self).min()
    }
}
