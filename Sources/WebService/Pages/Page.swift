import Planning
import WorkCalendar
import WorkflowModel

/// One screen (页面): a pure value of what it shows, turned into markup in the reader's language.
///
/// A page knows neither store nor request. Everything on it works by links and forms; the script only adds to it.
protocol Page: Sendable {
    /// What the page is about: the only `h1`, and the first part of the window's title.
    func title(in context: PageContext) -> String

    /// Under which entry of the main navigation it stands; `nil` for pages outside of it.
    var place: Place? { get }

    /// The way to this page, without the page itself.
    func crumbs(in context: PageContext) -> [Crumb]

    /// Everything between the heading and the footer.
    func main(in context: PageContext) -> [Markup]

    /// The number of the last event that the page knows of; `nil` where that says nothing.
    var asOf: Int? { get }

    /// Whether it takes the whole width of the window.
    var isWide: Bool { get }
}

extension Page {
    func crumbs(in context: PageContext) -> [Crumb] { [] }
    var asOf: Int? { nil }
    var isWide: Bool { false }
}

/// A step on the way to a page.
struct Crumb: Sendable, Hashable {
    let title: String
    let link: String
}

/// The entries of the main navigation.
enum Place: String, Sendable, CaseIterable {
    case work, cases, workflows, simulation, supervision, calendar, exchange, system
}

/// What every page knows of its reader and of the moment.
struct PageContext: Sendable {
    var language: Language
    /// Who reads; `nil` before signing in and on public pages.
    var reader: Reader?
    /// The city whose office this is.
    var tenant: LocalizedText
    /// The office's date.
    var today: LocalDate
    /// Path and query of this page, for links that keep them.
    var location: String
    /// The word that a form must bring back; empty where nobody is signed in.
    var formToken: String
    /// Most bytes of the files of a form; `nil` where none are taken.
    var fileLimit: Int?
    /// What has just been done, said once at the top.
    var notice: Notice?
    /// The mistakes in the form that came, in the order of the fields.
    var mistakes: [Mistake] = []
    /// The entries of the navigation that the reader may open.
    var places: [Place] = Place.allCases

    /// The words in the reader's language.
    func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    struct Reader: Sendable, Hashable {
        var name: String
        /// The role and the body it is for, in words: "市规划局 · 审批人员".
        var role: LocalizedText
        /// Whether other roles can be chosen without signing in again.
        var hasOtherRoles: Bool
    }

    struct Notice: Sendable, Hashable {
        var text: String
        /// Where what was done can be looked at.
        var link: Crumb?
    }

    /// A mistake in a form: it stands in the summary, linked to its field, and with the same words beside the field.
    struct Mistake: Sendable, Hashable {
        var field: String
        var text: String
    }
}
