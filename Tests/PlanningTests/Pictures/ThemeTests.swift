import Foundation
import Testing
import WorkflowModel

@testable import Planning

@Suite("Colours can be told apart")
struct ThemeTests {
    /// WCAG 2.2, contrast ratio of two relative luminances.
    private func contrast(_ a: String, _ b: String) -> Double {
        let values = [luminance(a), luminance(b)].sorted()
        return (values[1] + 0.05) / (values[0] + 0.05)
    }

    private func luminance(_ hex: String) -> Double {
        let number = Int(hex.dropFirst(), radix: 16) ?? 0
        func linear(_ shift: Int) -> Double {
            let channel = Double((number >> shift) & 0xFF) / 255
            return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }

    enum Scheme: CaseIterable, Sendable {
        case light, dark

        func hex(_ colour: Theme.Colour) -> String { self == .light ? colour.light : colour.dark }
    }

    @Test("Text has a contrast of 4.5 on every ground that it stands on", arguments: Scheme.allCases)
    func text(scheme: Scheme) {
        for ground in [Theme.Colour.ground, .surface, .dayOff] {
            for text in [Theme.Colour.ink, .muted, .red, .teal, .blue] {
                let ratio = contrast(scheme.hex(text), scheme.hex(ground))
                #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
            }
        }
        #expect(contrast(scheme.hex(.ink), scheme.hex(.ground)) >= 7)
    }

    @Test("Marks have a contrast of 3 on working days and on days off", arguments: Scheme.allCases)
    func marks(scheme: Scheme) {
        for ground in [Theme.Colour.ground, .dayOff] {
            for mark in [Theme.Colour.red, .steel, .slate, .float, .blue, .teal, .amber, .purple, .ink] {
                let ratio = contrast(scheme.hex(mark), scheme.hex(ground))
                #expect(ratio >= 3, "\(mark) on \(ground): \(ratio)")
            }
        }
    }

    @Test(
        "A hatch has a contrast of 3 on its tint, and red on steel is told by its outline", arguments: Scheme.allCases)
    func hatches(scheme: Scheme) {
        for (mark, tint) in [(Theme.Colour.red, Theme.Colour.redTint), (.steel, .steelTint), (.ink, .redTint)] {
            let ratio = contrast(scheme.hex(mark), scheme.hex(tint))
            #expect(ratio >= 3, "\(mark) on \(tint): \(ratio)")
        }
    }

    @Test("Days off are shaded but quietly", arguments: Scheme.allCases)
    func shading(scheme: Scheme) {
        let ratio = contrast(scheme.hex(.dayOff), scheme.hex(.ground))
        #expect(1.1...1.6 ~= ratio, "\(ratio)")
    }

    @Test("Every clock has a fill of its own, in both colours")
    func clocks() {
        for ink in Hatch.Ink.allCases {
            let fills = ClockHolder.allCases.map { Hatch.fill($0, ink) ?? Hatch.plain($0, ink) }
            #expect(Set(fills).count == ClockHolder.allCases.count)
        }
    }

    @Test("Every light has a shape of its own")
    func lights() {
        let shapes = DeadlineLight.allCases.map { light in
            light.mark(x: 0, y: 0).map(\.written).joined().replacing(/class="[^"]*"/, with: "")
        }
        #expect(Set(shapes).count == DeadlineLight.allCases.count)
    }

    @Test("Paper is light, and those who choose the system's colours get them")
    func sheets() {
        #expect(Theme.marks.contains("@media screen and (prefers-color-scheme:dark)"))
        #expect(Theme.marks.contains("forced-colors:active"))
        for part in [
            "@media print", "A3 landscape", "table-header-group", "break-inside:avoid", "print-color-adjust:exact",
        ] {
            #expect(Theme.page.contains(part), "\(part)")
        }
    }
}
