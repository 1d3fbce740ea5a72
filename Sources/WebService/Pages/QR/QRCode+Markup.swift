import Planning

extension QRCode {
    /// Drawn with the quiet zone of four modules that readers need, one path for all dark modules.
    func markup(name: String) -> Markup {
        let side = size + 8
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard self[row, column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < size, self[row, column] { column += 1 }
                path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z"
            }
        }
        return .tag(
            "svg",
            [
                "role": "img", "aria-label": name, "viewBox": "0 0 \(side) \(side)", "width": "180", "height": "180",
                "shape-rendering": "crispEdges",
            ],
            [
                .tag("rect", ["width": "\(side)", "height": "\(side)", "fill": "#ffffff"]),
                .tag("path", ["d": path, "fill": "#000000"]),
            ])
    }
}
