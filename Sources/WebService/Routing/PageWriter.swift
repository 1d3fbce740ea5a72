import Planning
import WorkCalendar

/// Turns a page into the bytes of a document (页面输出): the only place that knows the frame around pages.
enum PageWriter {
    static func html(_ page: any Page, in context: PageContext) -> String { PlainFrame.html(page, in: context) }
}

/// The least that a document needs around a page.
private enum PlainFrame {
    static func html(_ page: any Page, in context: PageContext) -> String {
        let title = page.title(in: context)
        let head = Markup.tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("title", [:], "\(title) – \(context.say("并联审批", "Binglian"))"),
                .tag("link", ["rel": "stylesheet", "href": "/assets/binglian.css"]),
            ])
        var body: [Markup] = []
        if let notice = context.notice { body.append(.tag("p", ["role": "status"], notice.text)) }
        body.append(.tag("main", ["id": "main"], [.tag("h1", [:], title)] + page.main(in: context)))
        let language = context.language == .zh ? "zh-CN" : "en"
        return "<!DOCTYPE html>\n"
            + Markup.tag("html", ["lang": language], [head, .tag("body", [:], body)]).written + "\n"
    }
}
