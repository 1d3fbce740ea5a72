import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

@testable import WebService

/// One of each page.
enum SamplePages {
    static let officer = Actor(role: .department, department: "planning", name: "李维民")
    static let owner = Actor(role: .applicant, name: "陈建国")

    static func all(_ view: CaseView, _ entries: [HistoryPage.Entry]) -> [(name: String, page: any Page)] {
        let officer = busiest(view)
        var pages: [(String, any Page)] = [
            ("work", WorkPage(of: officer, in: [view], done: done(view, entries))),
            ("work-owner", WorkPage(of: owner, in: [view])),
            ("work-empty", WorkPage(of: Actor(role: .department, department: "nobody", name: "无"), in: [view])),
            ("case", CasePage(view: view, acts: ["follow-up", "open-green-channel"])),
            ("history", HistoryPage(view: view, entries: entries, item: nil, search: "", isVerified: true)),
        ]
        for (position, state) in view.state.items.enumerated()
        where state.joint != nil && !state.status.isFinished && state.admittedOn != nil {
            pages.append(("task-joint", TaskPage(view: view, index: position, actor: officer)))
            break
        }
        if let request = view.requests.first(where: { officer.answers(for: $0.party) }),
            let index = view.plan.index(of: request.item)
        {
            pages.append(
                (
                    "task",
                    TaskPage(
                        view: view, index: index, actor: officer,
                        events: entries.filter { $0.event.item == request.item })
                ))
            let site = FormSite(snapshot: view.snapshot, index: index, actor: officer, today: view.today)
            for form in CommandForm.ofItems {
                pages.append(("form-\(form.verb)", ActPage(view: view, form: form, site: site)))
            }
            for form in CommandForm.ofCases {
                pages.append(
                    (
                        "form-\(form.verb)",
                        ActPage(
                            view: view, form: form,
                            site: FormSite(snapshot: view.snapshot, index: nil, actor: officer, today: view.today))
                    ))
            }
            if let form = CommandForm.ofItem("decide") {
                pages.append(
                    (
                        "review",
                        ActPage(
                            view: view, form: form, site: site,
                            answers: FormAnswers([
                                "decision": ["refused"], "reasons": ["日照不足\n消防车道缺失"], "appeal": ["六十日内申请行政复议"],
                            ]), isReview: true)
                    ))
            }
        }
        if let clocked = view.standings.firstIndex(where: { $0.clocks?.isOpen == true }) {
            pages.append(("clock", ClockPage(view: view, index: clocked, isStatutory: false)))
        }
        return pages
    }

    /// Pages that nobody has to sign in for.
    static func `public`(_ view: CaseView) -> [(name: String, page: any Page)] { [] }

    /// The department that has the most to do.
    static func busiest(_ view: CaseView) -> Actor {
        let departments = view.requests.compactMap(\.party.department)
        let counts = Dictionary(departments.map { ($0, 1) }, uniquingKeysWith: +)
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        return Actor(role: .department, department: most ?? "planning", name: "李维民")
    }

    static func done(_ view: CaseView, _ entries: [HistoryPage.Entry]) -> [WorkPage.Done] {
        entries.reversed().filter { $0.event.by.role == .department && $0.event.item != nil }.prefix(4).map { entry in
            WorkPage.Done(
                on: entry.event.on, words: entry.event.words, item: view.title(ofItem: entry.event.item ?? ""),
                project: view.title, link: Links.task(view.id, entry.event.item ?? ""))
        }
    }
}
