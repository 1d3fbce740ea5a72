import WorkCalendar

// Item catalogues on their own.
extension Wording {
    static func elementsMissing(of item: String, _ elements: [UnifiedElement]) -> Wording {
        let names = some(of: elements.map(\.title.zh)).zh
        let words = some(of: elements.map(\.title.en)).en
        return Wording(
            .elementsMissing,
            message: .init(
                zh: "已发布的事项“\(short(item))”缺少统一要素：\(names)",
                en: "the published item “\(short(item))” does not state: \(words)"),
            label: .init(zh: "要素不全", en: "not all elements"),
            hint: .init(
                zh: "补上 \(elements.map(\.key).joined(separator: "、"))；没有的写空列表 [] 或 fees: none；没准备好的放进未发布的批次",
                en:
                    "add \(elements.map(\.key).joined(separator: ", ")); what there is none of is [] or fees: none; what is not ready belongs in a batch that is not published"
            ))
    }

    static func unknownBatch(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownBatch,
            message: .init(zh: "没有批次“\(short(id))”", en: "there is no batch “\(short(id))”"),
            label: .init(zh: "batches 里没有", en: "not among the batches"),
            hint: .init(zh: "在 batches: 下声明它", en: "declare it under batches:"), nearest: nearest)
    }

    static func batchOutOfOrder(_ id: String, published: LocalDate?) -> Wording {
        Wording(
            .batchOutOfOrder,
            message: .init(
                zh: published.map { "批次“\(short(id))”在发布（\($0)）以前就生效" } ?? "批次“\(short(id))”没有发布却有生效日期",
                en: published.map { "the batch “\(short(id))” takes effect before it is published (\($0))" }
                    ?? "the batch “\(short(id))” takes effect without being published"),
            label: .init(zh: "生效日期", en: "takes effect"),
            hint: .init(
                zh: "先发布后生效：改日期，草稿不写 effective", en: "publish first: change the date; a draft has no effective:"))
    }

    static func badCodeRule(_ rule: String) -> Wording {
        Wording(
            .badCodeRule,
            message: .init(
                zh: "按规则“\(short(rule))”编不出实施编码", en: "“\(short(rule))” makes no implementing code"),
            label: .init(zh: "规则不对", en: "no rule"),
            hint: .init(
                zh: "规则里要有 {code}，可以有 {division}，其余只用大写字母、数字、连字符，合计至多 24 位，如 \"{division}-{code}\"",
                en:
                    "a rule has {code}, may have {division}, and otherwise capitals, digits and hyphens, 24 characters at most, such as \"{division}-{code}\""
            ))
    }

    static func codeOfTwoItems(_ code: String, other: String) -> Wording {
        Wording(
            .codeOfTwoItems,
            message: .init(
                zh: "编码“\(short(code))”已经是事项“\(short(other))”的",
                en: "the code “\(short(code))” is that of “\(short(other))” already"),
            label: .init(zh: "又用一次", en: "used again"),
            hint: .init(zh: "一个事项一个编码", en: "one item, one code"))
    }

    static func codeNotBasic(_ code: String) -> Wording {
        Wording(
            .codeNotBasic,
            message: .init(
                zh: "“\(short(code))”超过 10 位，不是基本编码", en: "“\(short(code))” has more than ten characters: no basic code"
            ),
            label: .init(zh: "基本编码至多 10 位", en: "a basic code has ten at most"),
            hint: .init(
                zh: "这里写各级共用的基本编码，实施编码由 codeRule 编出",
                en: "write the code that all levels share; codeRule makes the implementing one"))
    }

    static func parentNotAbove(_ above: AdministrativeLevel, of level: AdministrativeLevel) -> Wording {
        Wording(
            .parentNotAbove,
            message: .init(
                zh: "\(level.title.zh)目录不能以\(above.title.zh)目录为上级",
                en: "a catalogue of level \(level.rawValue) cannot extend one of level \(above.rawValue)"),
            label: .init(zh: "不是上级目录", en: "not a level above"),
            hint: .init(zh: "写上一级的目录文件，或改 level", en: "name the catalogue of a higher level, or change level:"))
    }

    static func removedButListed(_ item: String) -> Wording {
        Wording(
            .removedButListed,
            message: .init(
                zh: "事项“\(short(item))”写明已取消，却还在目录里",
                en: "the item “\(short(item))” is said to be removed and is still there"),
            label: .init(zh: "已取消", en: "removed"),
            hint: .init(zh: "从 items 或 removed 里删掉", en: "delete it from items or from removed"))
    }

    // MARK: Proofs

    static func proofWithoutLaw(_ title: String) -> Wording {
        Wording(
            .proofWithoutLaw,
            message: .init(
                zh: "没有法律法规依据，一律取消：“\(short(title))”",
                en: "no law or regulation asks for “\(short(title))”: it is cancelled"),
            label: .init(zh: "不是法律法规", en: "no law or regulation"),
            hint: .init(
                zh: "写出法律、行政法规或地方性法规的条款；没有就不要这份材料",
                en: "name the article of a law or regulation, or do not ask for it"))
    }

    static func cancelledProof(_ title: String, _ kind: CancelledProof, instead: LocalizedText) -> Wording {
        let (code, zh, en): (DiagnosticCode, String, String) =
            switch kind {
            case .withoutLaw: (.proofWithoutLaw, "没有法律法规依据", "no law or regulation asks for it")
            case .provedByCertificate:
                (.provedByCertificate, "现有证照可以证明", "a certificate that the applicant has proves it")
            case .commitmentIsEnough: (.commitmentIsEnough, "书面承诺可以解决", "a written commitment is enough")
            case .coveredByOther: (.coveredByOther, "其他材料可以涵盖或替代", "another material covers it")
            case .verifiableOnline: (.verifiableOnline, "网络可以核验", "it can be verified online")
            case .issuerCannotVerify:
                (.issuerCannotVerify, "开具单位无法调查核实", "whoever would make it out cannot verify it")
            }
        return Wording(
            code,
            message: .init(
                zh: "\(zh)的证明一律取消：“\(short(title))”", en: "“\(short(title))” is cancelled: \(en)"),
            label: .init(zh: "不得再要", en: "not to be asked for"),
            hint: .init(
                zh: "改用\(instead.zh)；法律法规要求保留的，写进 proofs: 并写明依据、索要单位、开具单位和办理指南",
                en:
                    "take \(instead.en) instead; if a law keeps it, declare it under proofs: with basis, askedBy, issuer and guide"
            ))
    }

    static func proofNotOnList(_ title: String) -> Wording {
        Wording(
            .proofNotOnList,
            message: .init(
                zh: "证明“\(short(title))”不在保留证明事项清单里",
                en: "the proof “\(short(title))” is not on the list of proofs kept"),
            label: .init(zh: "清单之外不得索要", en: "nothing beside the list may be asked for"),
            hint: .init(
                zh: "写进 proofs:，写明依据、索要单位、开具单位和办理指南；否则不要",
                en: "declare it under proofs: with basis, askedBy, issuer and guide, or do not ask for it"))
    }

    static func keptProofWithoutLaw(_ id: String) -> Wording {
        Wording(
            .keptProofWithoutLaw,
            message: .init(
                zh: "保留的证明“\(short(id))”没有法律法规依据", en: "no law or regulation keeps the proof “\(short(id))”"),
            label: .init(zh: "不是法律法规", en: "no law or regulation"),
            hint: .init(
                zh: "写出法律、法规的条款；规章和规范性文件不够",
                en: "name the article of a law or regulation; rules of departments are not enough"))
    }

    static func keptProofUnused(_ id: String) -> Wording {
        Wording(
            .keptProofUnused,
            message: .init(
                zh: "没有事项要保留的证明“\(short(id))”", en: "no item asks for the proof “\(short(id))”, which is kept"),
            label: .init(zh: "没有用到", en: "not used"),
            hint: .init(zh: "从清单里删掉", en: "take it off the list"))
    }

    static func askerNotOnList(_ department: String, of material: String) -> Wording {
        Wording(
            .askerNotOnList,
            message: .init(
                zh: "清单没有写明“\(short(department))”可以索要“\(short(material))”",
                en: "the list does not name “\(short(department))” among those who may ask for “\(short(material))”"),
            label: .init(zh: "不在索要单位之列", en: "not among askedBy"),
            hint: .init(zh: "写进 proofs 的 askedBy，或不要这份证明", en: "add it to askedBy, or do not ask for the proof"))
    }

    // MARK: Fields of forms

    static func fieldAskedTwice(_ field: String, other: String) -> Wording {
        Wording(
            .fieldAskedTwice,
            message: .init(
                zh: "字段“\(short(field))”与“\(short(other))”问的是同一件事",
                en: "the fields “\(short(field))” and “\(short(other))” ask for the same"),
            label: .init(zh: "换个名字又问一次", en: "asked again under another name"),
            hint: .init(zh: "合成一个字段，事项都引用它", en: "make one field of them and let the items name it"))
    }

    static func fieldUnused(_ field: String) -> Wording {
        Wording(
            .fieldUnused,
            message: .init(zh: "没有事项用到字段“\(short(field))”", en: "no item uses the field “\(short(field))”"),
            label: .init(zh: "没有用到", en: "not used"),
            hint: .init(zh: "删掉它，或写进事项的 form", en: "delete it, or name it in the form of an item"))
    }

    static func unknownField(_ field: String, nearest: String?) -> Wording {
        Wording(
            .unknownField,
            message: .init(zh: "没有字段“\(short(field))”", en: "there is no field “\(short(field))”"),
            label: .init(zh: "fields 里没有", en: "not among the fields"),
            hint: .init(zh: "在 fields: 下声明它", en: "declare it under fields:"), nearest: nearest)
    }

    static func knownAnswerAsked(_ field: String, source: String) -> Wording {
        Wording(
            .knownAnswerAsked,
            message: .init(
                zh: "字段“\(short(field))”问的，项目文件里已经有了",
                en: "the project file already tells what the field “\(short(field))” asks for"),
            label: .init(zh: "不必再问", en: "known already"),
            hint: .init(zh: "写 from: \(source)，由系统预填", en: "write from: \(source), and it is filled in"))
    }

    static func unreadableFieldSource(_ text: String) -> Wording {
        Wording(
            .unreadableFieldSource,
            message: .init(zh: "“\(short(text))”不是字段的来源", en: "“\(short(text))” is no source of a field"),
            label: .init(zh: "读不懂", en: "not read"),
            hint: .init(
                zh: "可以写 project.code、project.title、owner.name、owner.creditCode 或 fact.属性标识",
                en: "there are project.code, project.title, owner.name, owner.creditCode and fact.NAME"))
    }
}
