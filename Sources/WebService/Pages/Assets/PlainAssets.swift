import Planning

extension Assets {
    static let stylesheet = Theme.page + "\n" + Theme.marks
    static let script = "\"use strict\";\n"
}
