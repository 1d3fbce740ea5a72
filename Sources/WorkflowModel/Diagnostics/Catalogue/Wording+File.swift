import WorkCalendar

// The file itself, before anything in it means something.
extension Wording {
    static func fileTooLarge(bytes: Int, limit: Int = SourceText.largestSize) -> Wording {
        Wording(
            .fileTooLarge,
            message: .init(
                zh: "文件有 \(bytes) 字节，超过 \(limit) 字节的上限",
                en: "the file has \(bytes) bytes, more than the \(limit) that are read"),
            label: .init(zh: "没有读取", en: "nothing was read"),
            hint: .init(zh: "把它拆成几个流程", en: "split it into several workflows"))
    }

    static let notUTF8 = Wording(
        .notUTF8,
        message: .init(zh: "文件不是 UTF-8 编码", en: "the file is not UTF-8"),
        label: .init(zh: "从这个字节起读不出文字", en: "from this byte on there is no text"),
        hint: .init(zh: "用编辑器“另存为 UTF-8”；GBK 文件要先转换", en: "save it as UTF-8; convert GBK files first"))

    static func forbiddenCharacter(_ scalar: Unicode.Scalar) -> Wording {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return Wording(
            .forbiddenCharacter,
            message: .init(zh: "文件里有看不见的字符 \(code)", en: "the file holds the invisible character \(code)"),
            label: .init(zh: "在这里", en: "here"),
            hint: .init(
                zh: "删掉它；控制符、方向符和特殊换行都不读", en: "delete it: controls, direction marks and odd line breaks are not read"))
    }

    static func nestedTooDeep(limit: Int) -> Wording {
        Wording(
            .nestedTooDeep,
            message: .init(zh: "嵌套超过 \(limit) 层", en: "nested deeper than \(limit) levels"),
            label: .init(zh: "这一层太深", en: "this level is too deep"),
            hint: .init(
                zh: "检查括号和缩进；流程文件用不到十层", en: "check brackets and indentation; a workflow needs fewer than ten levels"))
    }

    static func tooManyNodes(limit: Int) -> Wording {
        Wording(
            .tooManyNodes,
            message: .init(zh: "文件里的键和值超过 \(limit) 个", en: "the file has more than \(limit) keys and values"),
            label: .init(zh: "读到这里为止", en: "read up to here"),
            hint: .init(zh: "把它拆成几个流程", en: "split it into several workflows"))
    }

    static let anchor = Wording(
        .anchorOrAlias,
        message: .init(zh: "这里不使用 YAML 锚点（&）", en: "YAML anchors (&) are not used here"),
        label: .init(zh: "锚点", en: "an anchor"),
        hint: .init(zh: "把内容写出来；以 & 开头的文字要加引号", en: "write it out; quote a text that starts with &"))

    static let alias = Wording(
        .anchorOrAlias,
        message: .init(zh: "这里不使用 YAML 别名（*）", en: "YAML aliases (*) are not used here"),
        label: .init(zh: "别名", en: "an alias"),
        hint: .init(zh: "把内容写出来；以 * 开头的文字要加引号", en: "write it out; quote a text that starts with *"))

    static let tag = Wording(
        .tag,
        message: .init(zh: "这里不使用 YAML 标签（!）", en: "YAML tags (!) are not used here"),
        label: .init(zh: "标签", en: "a tag"),
        hint: .init(zh: "删掉标签；以 ! 开头的文字要加引号", en: "delete the tag; quote a text that starts with !"))

    static let mergeKey = Wording(
        .mergeKey,
        message: .init(zh: "这里不使用合并键 <<", en: "the merge key << is not used here"),
        label: .init(zh: "合并键", en: "a merge key"),
        hint: .init(zh: "把合并进来的键逐个写出", en: "write the merged keys out"))

    static func duplicateKey(_ key: String) -> Wording {
        Wording(
            .duplicateKey,
            message: .init(zh: "键“\(short(key))”出现两次", en: "the key “\(short(key))” appears twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "删掉一个，或改名", en: "delete one of them or rename it"))
    }

    static let severalDocuments = Wording(
        .severalDocuments,
        message: .init(zh: "一个文件只能有一个 YAML 文档", en: "a file holds one YAML document"),
        label: .init(zh: "第二个文档从这里开始", en: "a second document starts here"),
        hint: .init(zh: "每个文档放进自己的文件", en: "put each document into a file of its own"))

    static let emptyFile = Wording(
        .emptyFile,
        message: .init(zh: "文件里没有键", en: "the file has no keys"),
        label: .init(zh: "应当以键开头", en: "a key belongs here"),
        hint: .init(
            zh: "以 workflow:、calendar:、project:、catalogue: 或 network: 开头",
            en: "start with workflow:, calendar:, project:, catalogue: or network:"))

    static let keyIsNoText = Wording(
        .keyIsNoText,
        message: .init(zh: "键必须是文字", en: "a key has to be a text"),
        label: .init(zh: "这是列表或映射", en: "this is a list or a map"),
        hint: .init(zh: "{{…}} 或 [[…]] 多写了一层括号", en: "look for a bracket too many, as in {{…}}"))

    static func unknownKindOfFile(nearest: String?) -> Wording {
        Wording(
            .unknownKindOfFile,
            message: .init(zh: "看不出这是哪种文件", en: "this is no kind of file that is known here"),
            label: .init(zh: "没有一个键说明文件种类", en: "no key says what the file is"),
            hint: .init(
                zh: "需要 workflow:、city:、calendar:、project:、catalogue:、itemCatalogue:、form: 或 network: 其中之一",
                en:
                    "one of the keys workflow:, city:, calendar:, project:, catalogue:, itemCatalogue:, form: and network: is needed"
            ),
            nearest: nearest)
    }

    static func otherKindOfFile(found: DefinitionFile.Kind, wanted: DefinitionFile.Kind) -> Wording {
        Wording(
            .otherKindOfFile,
            message: .init(
                zh: "这是\(found.title.zh)文件，这里要的是\(wanted.title.zh)文件",
                en: "this is a \(found.title.en) file where a \(wanted.title.en) file is wanted"),
            label: .init(zh: "\(found.title.zh)", en: "a \(found.title.en)"),
            hint: .init(zh: "换一个文件，或换一个命令", en: "take another file, or another command"))
    }
}
