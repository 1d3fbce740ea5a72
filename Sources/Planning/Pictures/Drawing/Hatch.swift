import WorkCalendar
import WorkflowModel

/// The patterns that tell whose time an activity takes (计时), so that no colour has to.
///
/// Full: time that an office holds. Half: time that counts too, with the reviewers. Pale: everybody else's.
package enum Hatch {
    /// The colour of a bar.
    enum Ink: String, CaseIterable { case red, steel }

    /// The value of `fill` for a bar; `nil` for a plain colour.
    static func fill(_ clock: ClockHolder, _ ink: Ink) -> String? {
        shape(of: clock).map { _ in "url(#\(ink.rawValue)-\(clock.rawValue))" }
    }

    static let paused = "url(#paused)"
    static let beyond = "url(#beyond)"

    /// The class of a bar of a plain colour.
    static func plain(_ clock: ClockHolder, _ ink: Ink) -> String {
        clock == .gov ? "f-\(ink.rawValue)" : clock == .none ? "f-ground" : "f-\(ink.rawValue)-tint"
    }

    /// The pattern's size and its marks, as a path that is stroked; dots are short strokes with round ends.
    private static func shape(of clock: ClockHolder) -> (size: Double, path: String, width: Double)? {
        switch clock {
        case .gov, .none, .applicant: nil
        case .tech: (6, "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5", 2.4)
        case .special: (6, "M3 3h.01", 2.6)
        case .intermediary: (5, "M2.5 0V5", 1.2)
        case .utility: (5, "M0 2.5H5", 1.2)
        }
    }

    /// The patterns of a document, to be written once.
    package static let definitions: Markup = {
        func pattern(_ id: String, _ ground: String, _ marks: String, size: Double, path: String, width: Double)
            -> Markup
        {
            .tag(
                "pattern", ["id": id, "width": size.px, "height": size.px, "patternUnits": "userSpaceOnUse"],
                [
                    .tag("rect", ["class": "f-\(ground)", "width": size.px, "height": size.px]),
                    .tag(
                        "path",
                        ["class": "none s-\(marks)", "d": path, "stroke-width": width.px, "stroke-linecap": "round"]),
                ])
        }
        var patterns: [Markup] = []
        for ink in Ink.allCases {
            for clock in ClockHolder.allCases {
                guard let (size, path, width) = shape(of: clock) else { continue }
                patterns.append(
                    pattern(
                        "\(ink.rawValue)-\(clock.rawValue)", "\(ink.rawValue)-tint", ink.rawValue, size: size,
                        path: path,
                        width: width))
            }
        }
        let stripes = "M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5"
        patterns.append(pattern("paused", "ground", "purple", size: 6, path: stripes, width: 2))
        patterns.append(pattern("beyond", "ground", "red", size: 6, path: stripes, width: 2))
        return .tag("defs", [:], patterns)
    }()
}

extension ClockHolder {
    /// Whose time it is, in a word.
    var word: LocalizedText {
        switch self {
        case .gov: LocalizedText(zh: "政府审批", en: "government")
        case .tech: LocalizedText(zh: "技术审查", en: "technical review")
        case .special: LocalizedText(zh: "特别程序", en: "special procedure")
        case .applicant: LocalizedText(zh: "申请人", en: "applicant")
        case .intermediary: LocalizedText(zh: "中介服务", en: "intermediary")
        case .utility: LocalizedText(zh: "市政公用", en: "utility")
        case .none: LocalizedText(zh: "不计时", en: "nobody's")
        }
    }
}
