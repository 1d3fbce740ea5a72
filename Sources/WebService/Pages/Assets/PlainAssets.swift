import Planning

extension Assets {
    static let stylesheet = Theme.marks
    static let script = "\"use strict\";\n"
}
