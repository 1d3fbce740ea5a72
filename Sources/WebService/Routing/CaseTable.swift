import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// The list of cases of whoever asks (办件列表): read from their figures, a page at a time.
enum CaseTable {
    private static let perPage = 25
    /// Counted up to here; beyond, a list says that there are more.
    private static let counted = 10_000

    static func page(_ call: Call) async throws -> CasesPage {
        var query = CasesPage.Query()
        query.text = call.query.text("q") ?? ""
        query.status = CaseStatus(rawValue: call.query["status"] ?? "")?.rawValue ?? ""
        let light = DeadlineLight(rawValue: call.query["light"] ?? "")
        query.light = light?.rawValue ?? ""
        query.sort = ["updated", "finish"].contains(call.query["sort"] ?? "") ? call.query["sort"] ?? "" : ""
        let person = try call.reader()
        guard var filter = try await call.office.readable(by: person) else {
            return CasesPage(rows: [], query: query, pager: Pager(page: 1, perPage: perPage, total: 0, next: nil))
        }
        filter.status = query.status.isEmpty ? nil : query.status
        filter.text = query.text.isEmpty ? nil : query.text
        filter.light = light?.listed
        let order: ListOrder = query.sort == "updated" ? .change : query.sort == "finish" ? .finish : .urgency
        let place = call.query["after"].flatMap { ListPlace(cursor: $0) }
        let page = place == nil ? 1 : max(2, Int(call.query["page"] ?? "") ?? 2)
        let found = try await call.office.cases(for: person, filter, in: order, after: place, limit: perPage + 1)
        let shown = found.prefix(perPage)
        let bodies = shown.map { ListedBody($0.figures.body) }
        let calendars = await call.office.calendars(
            of: bodies.map { ($0?.limit?.calendar, $0?.limit?.calendarVersion) })
        var next: String?
        if found.count > perPage, let last = shown.last {
            next = Links.caseList(
                matching: query.text, status: query.status, light: query.light, sort: query.sort, page: page + 1,
                after: ListPlace(of: last, in: order).cursor)
        }
        let total = try await call.office.countCases(filter, upTo: counted)
        var pager = Pager(page: page, perPage: perPage, total: total, next: next)
        pager.isCapped = total == counted
        pager.first = Links.caseList(matching: query.text, status: query.status, light: query.light, sort: query.sort)
        let rows = zip(shown, bodies).map { listed, body in
            let calendar = calendars["\(body?.limit?.calendar ?? "") \(body?.limit?.calendarVersion ?? "")"]
            return CaseRow(listed, body, on: call.today, calendar: calendar)
        }
        return CasesPage(rows: rows, query: query, pager: pager, mayOpen: call.may(.openCase))
    }
}

extension DeadlineLight {
    var listed: ListedLight {
        switch self {
        case .overdueStatutory: .over
        case .overduePromised: .late
        case .near: .near
        case .stopped: .stopped
        case .normal: .normal
        }
    }
}

extension ListPlace {
    /// For addresses.
    var cursor: String { "\(day)~\(caseID)" }

    /// A place that ``cursor`` told; `nil` for any other text.
    init?(cursor: String) {
        let parts = cursor.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let day = Int(parts[0]), let id = CaseID(String(parts[1])),
            (0...ListOrder.noDay).contains(day)
        else { return nil }
        self.init(day: day, caseID: id)
    }
}
