import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

@Suite("Words of the engine on pages")
struct WorkRowTests {
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
