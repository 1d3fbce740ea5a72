import Planning

/// Small signs beside words (图标): each state and each light has a shape of its own, and the word carries the meaning.
enum Icon {
    /// The sign of a state, 16 px across.
    static func state(_ state: WorkState) -> Markup {
        svg("i-\(state.rawValue)", path(of: state))
    }

    /// The sign of a light: circle, triangle, octagon, ringed octagon, two bars.
    static func light(_ light: DeadlineLight) -> Markup {
        let octagon = "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5z"
        let marks: [Markup] =
            switch light {
            case .normal: [circle(8, 8, 6, "f-teal")]
            case .near: [shape("M8 1.5l7 13H1z", "f-amber")]
            case .overduePromised: [shape(octagon, "f-red")]
            case .overdueStatutory:
                [
                    .tag("circle", ["class": "none s-ink", "cx": "8", "cy": "8", "r": "7.2", "stroke-width": "1.6"]),
                    shape("M6.3 3.9h3.4l2.4 2.4v3.4l-2.4 2.4H6.3L3.9 9.7V6.3z", "f-red"),
                ]
            case .stopped: [shape("M3 2h4v12H3zm6 0h4v12H9z", "f-purple")]
            }
        return svg("i-\(light.rawValue)", marks)
    }

    /// The mark of the product: two tracks that join.
    static let brand = Markup.tag(
        "svg", ["class": "brand-mark", "width": "28", "height": "28", "viewBox": "0 0 28 28", "aria-hidden": "true"],
        [
            stroke("M3 8h6c5 0 5 6 10 6", "s-blue", "3"), stroke("M3 20h6c5 0 5-6 10-6", "s-steel", "3"),
            .tag("circle", ["class": "f-ground s-blue", "cx": "21.5", "cy": "14", "r": "4", "stroke-width": "3"]),
        ])

    static let chevron = svg("i-go", [stroke("M6 3l5 5-5 5", "s-muted", "2")])

    private static func path(of state: WorkState) -> [Markup] {
        let ring = Markup.tag(
            "circle", ["class": "none s-now", "cx": "8", "cy": "8", "r": "6", "stroke-width": "1.8"])
        switch state {
        case .notStarted: return [ring]
        case .ready: return [ring, shape("M8 2v6h6a6 6 0 0 0-6-6z", "f-now")]
        case .inProgress: return [ring, shape("M8 2a6 6 0 0 1 0 12z", "f-now")]
        case .waiting: return [shape("M4 3h3v10H4zm5 0h3v10H9z", "f-now")]
        case .approved: return [stroke("M2.5 8.5l3.5 3.5 7.5-8", "s-now", "2.4")]
        case .refused: return [stroke("M3.5 3.5l9 9m0-9l-9 9", "s-now", "2.4")]
        case .notRequired: return [stroke("M3 8h10", "s-now", "2.4")]
        case .withdrawn: return [ring, stroke("M4 12l8-8", "s-now", "1.8")]
        }
    }

    private static func svg(_ name: String, _ marks: [Markup]) -> Markup {
        .tag(
            "svg",
            ["class": "icon \(name)", "width": "16", "height": "16", "viewBox": "0 0 16 16", "aria-hidden": "true"],
            marks)
    }

    private static func shape(_ path: String, _ name: String) -> Markup { .tag("path", ["class": name, "d": path]) }

    private static func circle(_ x: Int, _ y: Int, _ radius: Int, _ name: String) -> Markup {
        .tag("circle", ["class": name, "cx": "\(x)", "cy": "\(y)", "r": "\(radius)"])
    }

    private static func stroke(_ path: String, _ name: String, _ width: String) -> Markup {
        .tag(
            "path",
            [
                "class": "none \(name)", "d": path, "stroke-width": width, "stroke-linecap": "round",
                "stroke-linejoin": "round",
            ])
    }
}
