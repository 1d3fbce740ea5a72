import Planning
import WorkCalendar

/// Help 帮助: what the signs mean, how time is counted, and the keys.
struct HelpPage: Page {
    var place: Place? { nil }
    func title(in context: PageContext) -> String { context.say("使用帮助", "Help") }

    func main(in context: PageContext) -> [Markup] {
        [
            .section("signs", context.say("状态与预警灯", "States and lights"), [states(context), lights(context)]),
            .section(
                "time", context.say("时间怎么算", "How time is counted"),
                [
                    .tag(
                        "ul", [:],
                        rules.map { .tag("li", [:], [.text($0[context.language])]) })
                ]),
            .section("keys", context.say("快捷键", "Keys"), keys(context)),
            .section(
                "more", context.say("还有问题", "Anything else"),
                [
                    .p(
                        context.say(
                            "办件上的每个日期都可以点“为什么”，看到逐日台账和依据。对办理有意见，可以在办件页投诉或评价，责任部门须在期限内答复。",
                            "Every date of a case has a “why” that lists the days and the rule. Complaints and ratings are on the page of the case; the department has to answer in time."
                        ))
                ]),
        ]
    }

    private func states(_ context: PageContext) -> Markup {
        .tag(
            "table", [:],
            [
                .tag("caption", [:], context.say("八个状态", "The eight states")),
                .tag(
                    "tbody", [:],
                    zip(WorkState.allCases, meanings).map { state, meaning in
                        .tag(
                            "tr", [:],
                            [
                                .tag("th", ["scope": "row"], [Tag.state(state, nil, context)]),
                                .tag("td", [:], meaning[context.language]),
                            ])
                    }),
            ])
    }

    private func lights(_ context: PageContext) -> Markup {
        .tag(
            "table", [:],
            [
                .tag(
                    "caption", [:],
                    context.say("五种灯：形状不同，旁边总有天数", "The five lights: each has its shape and a number beside it")),
                .tag(
                    "tbody", [:],
                    zip(DeadlineLight.allCases, lightMeanings).map { light, meaning in
                        .tag(
                            "tr", [:],
                            [
                                .tag(
                                    "th", ["scope": "row"],
                                    [
                                        .span(
                                            "light l-\(light.rawValue)",
                                            [Icon.light(light), .text(light.word[context.language].capitalizedFirst)])
                                    ]),
                                .tag("td", [:], meaning[context.language]),
                            ])
                    }),
            ])
    }

    private let meanings: [LocalizedText] = [
        LocalizedText(zh: "还在等前面的事项", en: "waits for other items"),
        LocalizedText(zh: "轮到了，可以申报或开始", en: "its turn has come"),
        LocalizedText(zh: "已收件或已受理，正在办", en: "filed or admitted, being worked on"),
        LocalizedText(
            zh: "等补正、补件、整改或特别程序；旁边写明停不停表",
            en:
                "waits for a correction, a supplement or a special procedure; whether the clock stands still is said beside it"
        ),
        LocalizedText(zh: "准予、发证或完成", en: "granted, issued or done"),
        LocalizedText(zh: "不予许可或不予受理，可以救济或重新申报", en: "refused or not admitted; one may appeal or file again"),
        LocalizedText(zh: "按本项目的条件不需要办", en: "not needed for this project"),
        LocalizedText(zh: "撤回、退件、撤销或失效", en: "withdrawn, returned, revoked or lapsed"),
    ]

    private let lightMeanings: [LocalizedText] = [
        LocalizedText(zh: "在承诺时限内", en: "within the promised limit"),
        LocalizedText(
            zh: "承诺时限用去九成，或只剩 1 个工作日", en: "nine tenths of the promised limit are used, or one working day is left"),
        LocalizedText(zh: "超过承诺时限", en: "over the promised limit"),
        LocalizedText(zh: "超过法定时限，带“法”字", en: "over the statutory limit"),
        LocalizedText(zh: "依法停表，这段时间不计入", en: "the clock stands still by law; this time does not count"),
    ]

    private let rules: [LocalizedText] = [
        LocalizedText(
            zh: "“工作日”不含周末和法定节假日，含调休上班的日子（行政许可法第八十二条）。",
            en:
                "Working days are without weekends and holidays, with make-up days (Administrative Licensing Law art. 82)."
        ),
        LocalizedText(
            zh: "受理当天不算，从次日起数；最后一天遇休息日顺延（民法典第二百零一条、第二百零三条）。",
            en:
                "The day of admission does not count; a last day that is a day off moves on (Civil Code arts. 201, 203)."
        ),
        LocalizedText(
            zh: "材料不齐要在五个工作日内一次告知，逾期视为受理（行政许可法第三十二条）。",
            en:
                "What is missing is told once within five working days, else the application counts as admitted (art. 32)."
        ),
        LocalizedText(
            zh: "听证、检测、专家评审等所需时间不计入，但要书面告知（行政许可法第四十五条）。",
            en: "Hearings, tests and expert reviews do not count, but their length is told in writing (art. 45)."),
        LocalizedText(
            zh: "目标、承诺、法定三个时限各计各的，从不合并。",
            en: "Target, promised and statutory limits are counted apart and never merged."),
    ]

    private func keys(_ context: PageContext) -> [Markup] {
        let keys: [(String, LocalizedText)] = [
            ("?", LocalizedText(zh: "显示快捷键", en: "show the keys")), ("/", LocalizedText(zh: "查找", en: "search")),
            ("g w", LocalizedText(zh: "我的待办", en: "my work")), ("g c", LocalizedText(zh: "办件", en: "cases")),
            ("g s", LocalizedText(zh: "进度横道图", en: "schedule")),
            ("j", LocalizedText(zh: "下一行", en: "next row")), ("k", LocalizedText(zh: "上一行", en: "previous row")),
            ("Enter", LocalizedText(zh: "打开", en: "open")), ("t", LocalizedText(zh: "今天", en: "today")),
            ("+", LocalizedText(zh: "放大", en: "zoom in")), ("-", LocalizedText(zh: "缩小", en: "zoom out")),
            ("e", LocalizedText(zh: "展开原因", en: "show the reason")),
        ]
        return [
            .p(
                context.say(
                    "所有操作都可以只用 Tab 和回车完成。快捷键在输入文字时不起作用，可以关闭。",
                    "Everything works by Tab and Enter alone. Keys do nothing while you type, and can be switched off.")
            ),
            .tag(
                "table", ["class": "keys"],
                [
                    .tag("caption", ["class": "unseen"], context.say("快捷键", "Keys")),
                    .tag(
                        "tbody", [:],
                        keys.map { key, meaning in
                            .tag(
                                "tr", [:],
                                [
                                    .tag(
                                        "th", ["scope": "row"],
                                        key.split(separator: " ").flatMap {
                                            [.tag("kbd", [:], String($0)), .text(" ")]
                                        }),
                                    .tag("td", [:], meaning[context.language]),
                                ])
                        }),
                ]),
            .tag(
                "button", ["type": "button", "class": "second", "data-keys": "yes", "hidden": "hidden"],
                context.say("开关快捷键", "Switch the keys on or off")),
        ]
    }
}
