import WorkCalendar

// Levers: reforms that a workflow declares.
extension Wording {
    static func unknownLever(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownLever,
            message: .init(zh: "没有改革措施“\(short(id))”", en: "there is no lever “\(short(id))”"),
            label: .init(zh: "levers 里没有", en: "not among the levers"),
            hint: .init(zh: "写 levers: 下一个措施的标识", en: "write the id of one that stands under levers:"),
            nearest: nearest)
    }

    static let leverWithoutEffect = Wording(
        .leverWithoutEffect,
        message: .init(zh: "这个改革措施没有效果", en: "this lever has no effect"),
        label: .init(zh: "空列表", en: "an empty list"),
        hint: .init(zh: "写明它改变哪个事项，或删掉它", en: "say which item it changes, or delete it"))

    static func effectChangesNothing(_ what: String) -> Wording {
        Wording(
            .effectChangesNothing,
            message: .init(
                zh: "这一效果没有改变“\(short(what))”：流程里本来就是这样", en: "this effect leaves “\(short(what))” as it is"),
            label: .init(zh: "没有变化", en: "changes nothing"),
            hint: .init(zh: "改成措施真正带来的变化，或删掉这一条", en: "write what the reform really changes, or delete the entry"))
    }

    static func doesNotWaitFor(_ item: String, _ reference: String) -> Wording {
        Wording(
            .effectChangesNothing,
            message: .init(
                zh: "“\(short(item))”本来就不等“\(short(reference))”",
                en: "“\(short(item))” does not wait for “\(short(reference))” anyway"),
            label: .init(zh: "没有变化", en: "changes nothing"),
            hint: .init(zh: "写它的 after: 里有的依赖", en: "name a dependency that stands in its after:"))
    }

    static func leverMakesCycle(_ lever: String, _ path: [String]) -> Wording {
        Wording(
            .leverMakesCycle,
            message: .init(
                zh: "采用“\(short(lever))”后，“\(path[0])”最终等的是自己：\(loop(path))",
                en: "with “\(short(lever))” pulled, “\(path[0])” waits for itself: \(loop(path))"),
            label: .init(zh: "这个措施让流程成了环", en: "this lever closes a loop"),
            hint: .init(
                zh: "用 notAfter 去掉反方向的依赖", en: "take the dependency that runs the other way off with notAfter"))
    }

    static func leversMakeCycle(_ lever: String, _ other: String, _ path: [String]) -> Wording {
        Wording(
            .leversMakeCycle,
            message: .init(
                zh: "“\(short(lever))”和“\(short(other))”同时采用时，“\(path[0])”最终等的是自己：\(loop(path))",
                en:
                    "with both “\(short(lever))” and “\(short(other))”, “\(path[0])” waits for itself: \(loop(path))"),
            label: .init(zh: "两者合起来成了环", en: "together they close a loop"),
            hint: .init(
                zh: "写 excludes: [\(short(other))]，或改动其中一个的依赖",
                en: "write excludes: [\(short(other))], or change the dependencies of one of them"))
    }

    private static func loop(_ path: [String]) -> String {
        let most = 12
        let shown = path.count <= most ? path : path.prefix(most - 2) + ["…"] + path.suffix(1)
        return shown.joined(separator: " → ")
    }

    static func costOutOfRange(_ text: String) -> Wording {
        Wording(
            .costOutOfRange,
            message: .init(zh: "成本不能是“\(short(text))”", en: "a cost cannot be “\(short(text))”"),
            label: .init(zh: "应为 0 到 1000000，至多两位小数", en: "should be 0 to 1000000 with at most two decimals"),
            hint: .init(
                zh: "换一个单位；没有成本的写 cost: 0", en: "take another unit; a reform that costs nothing has cost: 0"))
    }

    static func leverNamesItself(_ id: String) -> Wording {
        Wording(
            .leverNamesItself,
            message: .init(zh: "“\(short(id))”以自己为前提，或排斥自己", en: "“\(short(id))” requires or excludes itself"),
            label: .init(zh: "这就是它自己", en: "this is the lever itself"),
            hint: .init(zh: "删掉它，或写真正的另一个措施", en: "delete it, or name the lever that was meant"))
    }

    static func leversRequireEachOther(_ path: [String]) -> Wording {
        Wording(
            .leversRequireEachOther,
            message: .init(
                zh: "改革措施互为前提：\(loop(path))", en: "levers require each other: \(loop(path))"),
            label: .init(zh: "绕回来了", en: "comes back to it"),
            hint: .init(zh: "把总是一起采用的措施合成一个", en: "make one lever of those that are always pulled together"))
    }

    static func leverRequiresWhatItExcludes(_ id: String, _ one: String, _ other: String) -> Wording {
        Wording(
            .leverRequiresWhatItExcludes,
            message: .init(
                zh: "“\(short(id))”永远不能采用：它需要的“\(short(one))”和“\(short(other))”互相排斥",
                en:
                    "“\(short(id))” can never be pulled: it needs “\(short(one))” and “\(short(other))”, which exclude each other"
            ),
            label: .init(zh: "不能同时满足", en: "cannot both be had"),
            hint: .init(zh: "去掉一个 requires 或 excludes", en: "take one name out of requires or excludes"))
    }

    static func leversContradict(_ lever: String, _ other: String, over item: String, key: String) -> Wording {
        Wording(
            .leversContradict,
            message: .init(
                zh: "“\(short(lever))”和“\(short(other))”都改变“\(short(item))”的 \(key)，改得不一样",
                en: "“\(short(lever))” and “\(short(other))” both set \(key) of “\(short(item))”, each in its own way"),
            label: .init(zh: "同时采用时不知道听谁的", en: "together they contradict each other"),
            hint: .init(
                zh: "写 excludes: [\(short(other))]；时长也可以用 percent，可叠加",
                en: "write excludes: [\(short(other))]; durations can also be given in percent, which go together"))
    }

    static func kindWithoutItsEffect(_ kind: LeverKind, _ keys: [String]) -> Wording {
        Wording(
            .kindWithoutItsEffect,
            message: .init(
                zh: "类别是 \(kind.rawValue)，却没有这类措施该有的效果", en: "a lever of kind \(kind.rawValue) without such an effect"),
            label: .init(zh: "类别和效果对不上", en: "the kind does not fit the effects"),
            hint: .init(
                zh: "至少一条效果要有 \(keys.joined(separator: "、"))；或换一个 kind",
                en: "some effect needs \(keys.joined(separator: ", ")); or take another kind"))
    }

    static func leverRemovesWindow(_ item: String, target: String) -> Wording {
        Wording(
            .leverRemovesWindow,
            message: .init(
                zh: "采用后目标“\(short(target))”的窗口就没有了，因为“\(short(item))”",
                en: "the target “\(short(target))” loses its window because of “\(short(item))”"),
            label: .init(zh: "时限无从计算", en: "nothing left to measure"),
            hint: .init(
                zh: "里程碑和时限窗口的两端要留着，只改它们等待的事项",
                en: "leave milestones and the ends of windows; change what they wait for"))
    }

    static func unclearEffect(_ forms: [String]) -> Wording {
        Wording(
            .unclearEffect,
            message: .init(
                zh: forms.isEmpty ? "看不出这一效果改变什么" : "一条效果只写 \(forms.joined(separator: "、")) 中的一个",
                en: forms.isEmpty
                    ? "nothing says what this effect changes"
                    : "one effect has only one of \(forms.joined(separator: ", "))"),
            label: .init(zh: "应有 item、merge、add 之一", en: "needs one of item, merge and add"),
            hint: .init(
                zh: "改变一个事项写 item:，合并写 merge: 和 into:，增加事项写 add:",
                en: "item: changes one, merge: with into: makes one of several, add: brings a new one"))
    }

    static let mergeOfOne = Wording(
        .mergeOfOne,
        message: .init(zh: "合并至少要有两个事项", en: "a merge needs at least two items"),
        label: .init(zh: "不足两个", en: "fewer than two"),
        hint: .init(zh: "写上被合并的所有事项；只改一个事项用 item:", en: "name all that become one; to change one item use item:"))

    /// Why a key has no place in an effect.
    enum Misfit {
        case onlyForChanges, onlyForMerges, milestone, wholeJointItem, noRectification, phase, materialNotAsked, dropped

        fileprivate var text: (LocalizedText, hint: LocalizedText) {
            switch self {
            case .onlyForChanges:
                (
                    .init(zh: "只有改变一个事项（item:）时才写", en: "belongs to an effect on one item:"),
                    .init(zh: "写进 into: 或 add: 的事项里", en: "write it into the item under into: or add:")
                )
            case .onlyForMerges:
                (
                    .init(zh: "只有合并（merge:）时才写", en: "belongs to a merge:"),
                    .init(zh: "删掉它，或写上 merge:", en: "delete it, or write merge: as well")
                )
            case .milestone:
                (
                    .init(zh: "里程碑不占时间、无人办理", en: "a milestone takes no time and nobody handles it"),
                    .init(zh: "改变它等待的事项", en: "change what it waits for")
                )
            case .wholeJointItem:
                (
                    .init(zh: "这个联合事项由各环节分别计时", en: "the phases of this joint item have their own durations"),
                    .init(
                        zh: "写明环节，如 drawing-review.merge；或用 percent",
                        en: "name a phase, such as drawing-review.merge, or use percent")
                )
            case .noRectification:
                (
                    .init(zh: "这个事项没有整改", en: "this item has no rectification"),
                    .init(zh: "删掉它", en: "delete it")
                )
            case .phase:
                (
                    .init(zh: "不能只对一个环节写", en: "cannot be said of a phase"),
                    .init(
                        zh: "对环节只能写 takes、percent；limit 只用于参与部门",
                        en: "phases have takes and percent, participants also limit")
                )
            case .materialNotAsked:
                (
                    .init(zh: "这个事项不要这份材料", en: "the item does not ask for this material"),
                    .init(zh: "写事项 materials: 里有的材料", en: "name a material that stands in its materials:")
                )
            case .dropped:
                (
                    .init(zh: "事项已被取消，别的变化没有意义", en: "the item is dropped, so nothing else of it matters"),
                    .init(zh: "删掉 drop 或其余各项", en: "delete drop, or the rest")
                )
            }
        }
    }

    static func effectDoesNotFit(_ key: String, _ misfit: Misfit) -> Wording {
        let (why, hint) = misfit.text
        return Wording(
            .effectDoesNotFit,
            message: .init(zh: "“\(short(key))”在这里不适用：\(why.zh)", en: "“\(short(key))” does not fit here: \(why.en)"),
            label: .init(zh: "不适用", en: "does not fit"), hint: hint)
    }

    static func percentOutOfRange(_ text: String) -> Wording {
        Wording(
            .percentOutOfRange,
            message: .init(zh: "百分比不能是“\(short(text))”", en: "“\(short(text))” is no percentage of a duration"),
            label: .init(zh: "应为 1 到 400", en: "should be 1 to 400"),
            hint: .init(zh: "percent: 60 表示只用原来六成的时间", en: "percent: 60 means six tenths of the time it took"))
    }

    static func tooManyLevers(limit: Int) -> Wording {
        Wording(
            .tooManyLevers,
            message: .init(zh: "改革措施超过 \(limit) 个", en: "there are more than \(limit) levers"),
            label: .init(zh: "从这里起超出", en: "too many from here on"),
            hint: .init(zh: "把总是一起采用的合成一个", en: "make one of those that are always pulled together"))
    }

    static func tooManyEffects(limit: Int) -> Wording {
        Wording(
            .tooManyLevers,
            message: .init(zh: "一个改革措施的效果超过 \(limit) 条", en: "a lever has more than \(limit) effects"),
            label: .init(zh: "从这里起超出", en: "too many from here on"),
            hint: .init(zh: "拆成几个措施", en: "split it into several levers"))
    }

    static func stageLosesMilestoneItem(_ stage: String) -> Wording {
        Wording(
            .stageLosesMilestoneItem,
            message: .init(
                zh: "采用后阶段“\(short(stage))”没有里程碑事项，永远不会结束",
                en: "the stage “\(short(stage))” loses its milestone items and never closes"),
            label: .init(zh: "取消或合并了它的里程碑事项", en: "drops or merges them"),
            hint: .init(
                zh: "留一个 milestone: true 的事项，或写进 into: 的事项",
                en: "keep one with milestone: true, or give it to the item under into:"))
    }
}

extension Wording {
    /// The note at the second of two levers.
    static let otherLever = LocalizedText(zh: "另一个措施在这里", en: "the other lever stands here")
}
