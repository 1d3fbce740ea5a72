extension Assets {
    static let stylesheet = Stylesheet.text
    static let script = Script.text
}
