import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

extension RegistryReport {
    var tenders: [TenderRecord] {
        registry.tenders.values.sorted { ($0.announcedOn, $0.tender.id) < ($1.announcedOn, $1.tender.id) }
    }

    var contracts: [ContractRecord] {
        registry.contracts.values.sorted {
            ($0.contract.signedOn, $0.contract.number) < ($1.contract.signedOn, $1.contract.number)
        }
    }

    /// The bids of a tender in order of firm; sealed ones are only counted.
    func bids(of record: TenderRecord) -> [Bid] {
        record.isSealed(on: on) ? [] : record.bids.values.map(\.bid).sorted { $0.firm < $1.firm }
    }

    // MARK: Text

    func standing(of record: TenderRecord) -> LocalizedText {
        if let reason = record.cancelled { return LocalizedText(zh: "撤销：\(reason)", en: "cancelled: \(reason)") }
        if let outcome = record.outcome { return outcome.words }
        return record.isSealed(on: on)
            ? LocalizedText(zh: "\(record.bids.count) 份报价，密封", en: "\(record.bids.count) bids, sealed")
            : LocalizedText(zh: "\(record.bids.count) 份报价，待定标", en: "\(record.bids.count) bids, to be awarded")
    }

    func standing(of record: ContractRecord) -> LocalizedText {
        if let reason = record.ended { return LocalizedText(zh: "终止：\(reason)", en: "ended: \(reason)") }
        guard let day = record.performedOn else { return LocalizedText(zh: "履行中", en: "in force") }
        let due = record.ratingsDue
        return LocalizedText(
            zh: "\(day) 完成" + (due.isEmpty ? "" : "，待评价：\(due.map(\.title.zh).joined(separator: "、"))"),
            en: "performed on \(day)"
                + (due.isEmpty ? "" : ", still to be rated: \(due.map(\.title.en).joined(separator: ", "))"))
    }

    // MARK: JSON

    func json(_ record: TenderRecord) -> JSONText {
        let tender = record.tender
        return .members([
            "id": .string(tender.id), "service": .string(tender.service), "project": .string(tender.project),
            "item": .string(tender.item), "department": .optional(tender.department), "asked": .string(tender.asked),
            "announcedOn": .string(record.announcedOn.description), "closes": .string(tender.closes.description),
            "ceilingFen": tender.ceiling.map { .integer($0.fen) } ?? .null,
            "method": .string(tender.method.rawValue), "payer": .string(tender.payer.rawValue),
            "bidCount": .integer(record.bids.count),
            "bids": .array(
                bids(of: record).map {
                    .members([
                        "firm": .string($0.firm), "priceFen": .integer($0.price.fen), "days": .integer($0.days),
                        "note": .optional($0.note),
                    ])
                }),
            "awardedTo": .optional(record.outcome?.firm),
            "ground": .optional(record.outcome?.ground.rawValue), "seed": .optional(record.seed),
            "awardedOn": .optional(record.awardedOn?.description), "cancelled": .optional(record.cancelled),
            "contract": .optional(record.contract),
        ])
    }

    func json(_ record: ContractRecord) -> JSONText {
        let contract = record.contract
        return .members([
            "number": .string(contract.number), "firm": .string(contract.firm), "project": .string(contract.project),
            "item": .string(contract.item), "signedOn": .string(contract.signedOn.description),
            "priceFen": .integer(contract.price.fen), "days": .integer(contract.days),
            "performedOn": .optional(record.performedOn?.description), "ended": .optional(record.ended),
            "ratingsDue": .strings(record.ratingsDue.map(\.rawValue)),
        ])
    }
}
