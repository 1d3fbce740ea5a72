import ArgumentParser
import CaseEngine
import WorkflowModel

extension TaskCommand {
    struct Measure: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Enter what was measured of what was built, where the area has control values 竣工实测.")
        @OptionGroup var target: ItemTarget
        @Option(
            name: .customLong("value"), parsing: .singleValue,
            help: "FACT=NUMBER, such as floorAreaRatio=2.4; may be given several times.")
        var values: [MeasuredArgument]
        func command(for item: ItemState) -> ItemCommand { .measure(values: values.map(\.value)) }
    }
}

/// `FACT=NUMBER`.
struct MeasuredArgument: ExpressibleByArgument {
    let value: MeasuredValue

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let number = Double(parts[1]), number.isFinite else { return nil }
        value = MeasuredValue(fact: parts[0], value: number)
    }
}

/// `FACT<=MOST`, `FACT>=LEAST` or `LEAST<=FACT<=MOST`, with `,UNIT` behind it if there is one.
struct StandardArgument: ExpressibleByArgument {
    let standard: ControlStandard

    init?(argument: String) {
        let (body, unit) = Self.parted(argument)
        let parts = body.replacing(">=", with: "≥").replacing("<=", with: "≤").map(String.init)
        let signs = parts.indices.filter { parts[$0] == "≤" || parts[$0] == "≥" }
        let texts = parts.split { $0 == "≤" || $0 == "≥" }.map { $0.joined().trimmingSpaces }
        switch (signs.count, texts.count) {
        case (1, 2):
            guard let number = Double(texts[1]) else { return nil }
            let isMost = parts[signs[0]] == "≤"
            standard = ControlStandard(
                fact: texts[0], least: isMost ? nil : number, most: isMost ? number : nil, unit: unit)
        case (2, 3):
            guard signs.allSatisfy({ parts[$0] == "≤" }), let least = Double(texts[0]), let most = Double(texts[2])
            else { return nil }
            standard = ControlStandard(fact: texts[1], least: least, most: most, unit: unit)
        default: return nil
        }
    }

    private static func parted(_ text: String) -> (String, unit: String?) {
        let parts = text.split(separator: ",", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1].trimmingSpaces : nil)
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
