import Scheduling
import WorkCalendar
import WorkflowModel

extension NetworkReader {
    private static let relationKeys = ["predecessor", "successor", "type", "lag", "lagCalendar"]

    mutating func readRelation(_ node: YAMLNode) {
        guard let fields = Fields(node, keys: Self.relationKeys, report: report) else { return }
        fields.require("predecessor", "successor")
        let kind: Relation.Kind? = fields.has("type") ? fields.word("type") : .finishToStart
        let lag = span(fields, "lag", isLag: true)
        let calendar = lagCalendar(fields, lag)
        guard let predecessor = end(fields, "predecessor"), let successor = end(fields, "successor"), let kind else {
            return
        }
        guard predecessor != successor else {
            report.add(.relationToItself(predecessor), at: fields.span("successor"))
            return
        }
        var relation = Relation(predecessor, successor, kind, lagCalendar: calendar)
        relation.lag = lag?.minutes(perDay: minutesPerDay) ?? 0
        relation.lagShare = lag?.share ?? 0
        relations.append(relation)
        relationPlaces.append(
            RelationPlace(
                whole: node.span, predecessor: fields.span("predecessor"), successor: fields.span("successor")))
    }

    private func end(_ fields: Fields, _ key: String) -> String? {
        guard let id = fields.text(key) else { return nil }
        guard let index = draftIndex[id] else {
            let nearest = report.isFull ? nil : nearestName(to: id, among: draftIndex.keys.lazy.prefix(5000))
            report.add(.unknownActivity(id, nearest: nearest), at: fields.span(key))
            return nil
        }
        if drafts[index].members != nil {
            report.add(
                .misusedHammock(
                    .init(
                        zh: "“\(Wording.short(id))”是时距活动，不能有关系",
                        en: "“\(Wording.short(id))” is a hammock and has no relations")), at: fields.span(key))
            return nil
        }
        return id
    }

    private func lagCalendar(_ fields: Fields, _ lag: WrittenSpan?) -> Relation.LagCalendar {
        guard fields.has("lagCalendar"), let name = fields.text("lagCalendar") else {
            return lag?.isElapsed == true ? .elapsed : .successor
        }
        if lag?.isElapsed == true, name != "elapsed" {
            report.add(.lagOnTwoCalendars, at: fields.span("lagCalendar"))
        }
        switch name {
        case "successor": return .successor
        case "predecessor": return .predecessor
        case "elapsed": return .elapsed
        default: return calendar(fields, "lagCalendar").map { .calendar($0) } ?? .successor
        }
    }
}
