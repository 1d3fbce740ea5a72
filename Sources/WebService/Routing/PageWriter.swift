/// Turns a page into the bytes of a document (页面输出): the only place that knows the frame around pages.
enum PageWriter {
    static func html(_ page: any Page, in context: PageContext) -> String { Frame(page: page, context: context).html }
}
