import ArgumentParser
import Foundation
import Planning
import WorkCalendar

/// Where a command draws its result to, beside what it prints.
struct PictureOptions: ParsableArguments {
    @Option(help: "Also draw the result to this SVG file.")
    var svg: String?

    @Option(help: "Also write the result to this HTML file, with pictures; it needs nothing else.")
    var html: String?

    /// Draws what was asked for, in the terminal's language.
    func write(_ terminal: Terminal, svg picture: () -> Picture, html page: () -> PicturePage) throws {
        if let svg { try Self.write(picture().svg, to: svg, terminal) }
        if let html { try Self.write(page().html, to: html, terminal) }
    }

    static func write(_ text: String, to path: String, _ terminal: Terminal) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                zh: "无法写入 \(path)，请检查目录是否存在、有无权限。",
                en: "'\(path)' cannot be written; check that its folder exists and may be written to.")
        }
        printError(terminal.say("已写入 \(path)", "written: \(path)"))
    }
}
