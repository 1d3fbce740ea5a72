import CaseEngine
import WorkCalendar
import WorkflowModel

/// Supervision cards in a table.
struct CardText {
    let cards: [Card]
    let terminal: Terminal

    var text: String {
        var table = TextTable([
            .init("id", limit: 80), .init(terminal.say("级别", "level")), .init(terminal.say("部门", "department")),
            .init(terminal.say("日期", "on")), .init(terminal.say("处理", "standing")),
        ])
        for card in cards {
            table.add([
                card.id, level(card.level), card.department ?? "", card.raisedOn.description, standing(card),
            ])
        }
        return table.text
    }

    private func level(_ level: CardLevel) -> String {
        switch level {
        case .blue: terminal.say("蓝", "blue")
        case .yellow: terminal.say("黄", "yellow")
        case .red: terminal.say("红", "red")
        case .statutoryRed: terminal.say("法定超期", "past the statutory limit")
        }
    }

    private func standing(_ card: Card) -> String {
        switch card.standing {
        case .open: card.explanation == nil ? terminal.say("未处理", "open") : terminal.say("已说明", "explained")
        case .lifted: terminal.say("已解除", "lifted")
        case .confirmed: terminal.say("已认定", "confirmed")
        }
    }
}
