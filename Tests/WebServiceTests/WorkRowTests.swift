import CaseEngine
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

@Suite("What My work asks of whom")
struct WorkRowTests {
    @Test("Whoever signed is not asked for the next signature; a colleague is")
    func nobodySignsTwiceRunning() async throws {
        var seen = 0
        for day in StandingTests.days {
            let (view, _) = try await SampleOffice.reference(until: day)
            for request in view.requests {
                guard case .department(let department) = request.party,
                    let index = view.plan.index(of: request.item), let last = view.state.items[index].signatures.last
                else { continue }
                switch request.ask {
                case .sign, .decide: break
                default: continue
                }
                seen += 1
                let signer = Actor(role: .department, department: department, name: last.name)
                let colleague = Actor(role: .department, department: department, name: last.name + "甲")
                #expect(!signer.answers(request, in: view.state))
                #expect(colleague.answers(request, in: view.state))
                let rows = WorkRow.asked(of: signer, in: [view]).map(\.id)
                #expect(!rows.contains("\(view.id)/\(request.id)"))
                #expect(WorkPage(of: signer, in: [view]).waiting.contains { $0.id == "\(view.id)/\(request.id)" })
            }
        }
        #expect(seen > 0, "somewhere in the life of the project a chain is half signed")
    }

    @Test("Engine's ids and amounts are read as titles and days")
    func spoken() async throws {
        let (view, _) = try await SampleOffice.reference()
        let words = view.spoken(
            LocalizedText(
                zh: "容缺 traffic-assessment 于 2026-05-12 前补齐，承诺 7 wd",
                en: "lacks traffic-assessment, water later, in 1 wd"))
        let title = view.title(ofMaterial: "traffic-assessment")
        #expect(words.zh == "容缺 \(title.zh) 于 2026-05-12 前补齐，承诺 7 个工作日")
        #expect(words.en == "lacks \(title.en), water later, in 1 working day")
        #expect(view.spoken(LocalizedText(zh: "", en: "art. 42")).en == "art. 42")
    }
}
