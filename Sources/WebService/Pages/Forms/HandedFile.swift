/// A file that was handed in for one of a form's documents (随表文件), as the form carries it from page to page.
struct HandedFile: Sendable, Hashable {
    /// What the command names it by.
    let hash: String
    let name: String

    /// The field in which a file is chosen.
    static func field(_ input: Input, _ option: Input.Option) -> String { "\(input.name)-\(option.value)-file" }
    /// The field that names one that is in already.
    static func hash(_ input: Input, _ option: Input.Option) -> String { "\(input.name)-\(option.value)-hash" }
    static func name(_ input: Input, _ option: Input.Option) -> String { "\(input.name)-\(option.value)-name" }

    /// `nil` when none was handed in.
    init?(of option: Input.Option, in input: Input, _ answers: FormAnswers) {
        let hash = answers[Self.hash(input, option)]
        guard input.takesFiles, !hash.isEmpty else { return nil }
        self.hash = hash
        name = answers[Self.name(input, option)]
    }
}

extension Input {
    /// What can be handed in as a file.
    var documents: [Option] {
        if case .materials(let options) = kind, takesFiles { options } else { [] }
    }
}
