import HTTPTypes
import Hummingbird
import NIOCore
import WorkflowModel

/// What an endpoint answers (答复).
struct Answer: Sendable {
    var status: HTTPResponse.Status = .ok
    var content: Content
    /// The version of what is answered, without quotes: an unchanged one is not sent again.
    var etag: String?
    var headers: [(name: HTTPField.Name, value: String)] = []
    /// Said once at the top of the next page.
    var notice: PageContext.Notice?
    /// The mistakes in the form that came, shown by the page.
    var mistakes: [PageContext.Mistake] = []

    enum Content: Sendable {
        case none
        case page(any Page)
        case json(JSONText)
        /// JSON that is written already.
        case bytes(ByteBuffer, type: String)
        case document([UInt8], type: String, fileName: String?)
        case stream(type: String, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
        case seeOther(String)
    }

    static func page(
        _ page: any Page, status: HTTPResponse.Status = .ok, mistakes: [PageContext.Mistake] = []
    ) -> Answer {
        Answer(status: status, content: .page(page), mistakes: mistakes)
    }

    static func json(_ json: JSONText, status: HTTPResponse.Status = .ok, etag: String? = nil) -> Answer {
        Answer(status: status, content: .json(json), etag: etag)
    }

    /// Something made: where it is now is said with it.
    static func created(_ json: JSONText, at location: String, etag: String? = nil) -> Answer {
        Answer(status: .created, content: .json(json), etag: etag, headers: [(.location, location)])
    }

    /// A file; with a name, to be kept rather than shown.
    static func document(_ bytes: [UInt8], type: String, fileName: String? = nil, etag: String? = nil) -> Answer {
        Answer(content: .document(bytes, type: type, fileName: fileName), etag: etag)
    }

    static func stream(
        type: String, _ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) -> Answer {
        Answer(content: .stream(type: type, write))
    }

    /// On to another page after a form was sent (RFC 9110 §15.4.4).
    static func seeOther(_ link: String, notice: PageContext.Notice? = nil) -> Answer {
        Answer(status: .seeOther, content: .seeOther(link), notice: notice)
    }

    static let none = Answer(status: .noContent, content: .none)
}
