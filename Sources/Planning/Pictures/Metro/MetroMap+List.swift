import WorkCalendar

extension MetroMap {
    /// The map with what it is underneath: a list of stages, each with its items. On a narrow screen the list is drawn
    /// as a vertical line and takes the picture's place.
    public var section: PicturePage.Section {
        let drawing = picture
        return PicturePage.Section(
            title: language.say("阶段", "Stages"),
            content: [
                .tag(
                    "div",
                    [
                        "class": "scroll metro-picture", "role": "region", "tabindex": "0",
                        "aria-label": language.say("地铁图，可左右滚动", "metro map, scrolls sideways"),
                    ], [drawing.inline(isDecoration: true, without: 80)]), list,
            ])
    }

    /// Stages in order, items in each; links where the stations have some.
    var list: Markup {
        .tag(
            "ol", ["class": "metro"],
            stages.map { stage in
                let own = stations.filter { $0.stage == stage.id }
                return .tag(
                    "li", ["class": stage.number == nil ? "lane" : nil],
                    [
                        .tag("strong", [:], stage.title), .text(" "),
                        .tag("span", ["class": "muted"], stage.notes.joined(separator: " · ")),
                        .tag("ul", [:], own.map(entry)),
                    ])
            })
    }

    private func entry(_ station: Station) -> Markup {
        var classes: [String] = []
        if case .joint = station.kind { classes.append("joint") }
        if station.isCritical { classes.append("critical") }
        if station.state == .approved { classes.append("done") }
        let words = self.words(of: station)
        return .tag(
            "li", ["class": classes.isEmpty ? nil : classes.joined(separator: " ")],
            [station.link.map { .tag("a", ["href": $0], words) } ?? .text(words)])
    }
}
