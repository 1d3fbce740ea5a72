import Orchestrator
import TestSupport
import Testing
import WorkCalendar

@Suite("The seal on a case's log")
struct StoreHashChainTests {
    let caseID: CaseID
    let log: [EventRecord]
    let head: Head

    init() throws {
        caseID = try #require(CaseID("c-1"))
        var head = Head.empty
        var log: [EventRecord] = []
        for number in 1...8 {
            let event = NewEvent(
                kind: "noted", on: LocalDate(dayNumber: 20_000 + number), at: Instant(milliseconds: Int64(number)),
                actor: "officer", payload: Array("event \(number)".utf8))
            let record = HashChain.seal(event, of: caseID, key: try #require(CommandKey("k\(number)")), after: head)
            head = Head(version: record.sequence, hash: record.hash)
            log.append(record)
        }
        (self.log, self.head) = (log, head)
    }

    func flaw(_ log: [EventRecord], expecting head: Head? = nil) -> HashChain.Flaw? {
        do throws(HashChain.Flaw) {
            try HashChain.verify(log, of: caseID, expecting: head)
            return nil
        } catch {
            return error
        }
    }

    @Test("An untouched log verifies against its head and any earlier one")
    func untouched() {
        #expect(flaw(log) == nil)
        #expect(flaw([]) == nil)
        for record in log {
            #expect(flaw(log, expecting: Head(version: record.sequence, hash: record.hash)) == nil)
        }
    }

    @Test("A change of any field is found at its event")
    func changedField() throws {
        let changes: [(inout EventRecord) -> Void] = [
            { $0.event.kind = "noter" }, { $0.event.schema = 2 },
            { $0.event.on = LocalDate(dayNumber: 1) }, { $0.event.at = Instant(milliseconds: 0) },
            { $0.event.actor = "officer2" }, { $0.event.payload[0] ^= 1 }, { $0.event.payload = [] },
            { $0.key = CommandKey("other") ?? $0.key }, { $0.hash = .zero }, { $0.previousHash = $0.hash },
        ]
        for change in changes {
            for index in log.indices {
                var forged = log
                change(&forged[index])
                #expect(flaw(forged) == .changed(index + 1))
            }
        }
    }

    @Test("Moving bytes from one field to its neighbour is a change")
    func movedBytes() {
        var forged = log
        forged[2].event.actor = "office"
        forged[2].event.payload.insert(UInt8(ascii: "r"), at: 0)
        #expect(flaw(forged) == .changed(3))
    }

    @Test("A removed event is named, and so is a cut tail, against the head that somebody kept")
    func removed() {
        for index in log.indices.dropLast() {
            var forged = log
            forged.remove(at: index)
            #expect(flaw(forged) == .missing(index + 1))
        }
        for length in log.indices {
            let cut = Array(log.prefix(length))
            #expect(flaw(cut) == nil)
            #expect(flaw(cut, expecting: head) == .cut(length + 1))
        }
    }

    @Test("Two events that changed places are told from a change")
    func swapped() {
        var forged = log
        (forged[2].event, forged[5].event) = (forged[5].event, forged[2].event)
        (forged[2].key, forged[5].key) = (forged[5].key, forged[2].key)
        (forged[2].hash, forged[5].hash) = (forged[5].hash, forged[2].hash)
        (forged[2].previousHash, forged[5].previousHash) = (forged[5].previousHash, forged[2].previousHash)
        #expect(flaw(forged) == .misplaced(3, from: 6))
    }

    @Test("An event that was replaced and sealed anew does not carry the next one")
    func resealed() {
        var forged = log
        var event = log[3].event
        event.payload = Array("forged".utf8)
        let before = Head(version: 3, hash: log[2].hash)
        forged[3] = HashChain.seal(event, of: caseID, key: log[3].key, after: before)
        #expect(flaw(forged) == .unlinked(5))
    }

    @Test("A whole log written anew is found by any head kept after the change")
    func rewritten() {
        var head = Head.empty
        var forged: [EventRecord] = []
        for record in log {
            var event = record.event
            if record.sequence == 3 { event.actor = "forger" }
            forged.append(HashChain.seal(event, of: caseID, key: record.key, after: head))
            head = Head(version: record.sequence, hash: forged[record.sequence - 1].hash)
        }
        #expect(flaw(forged) == nil)
        #expect(flaw(forged, expecting: self.head) == .rewritten(8))
        #expect(flaw(forged, expecting: Head(version: 2, hash: log[1].hash)) == nil)
    }

    @Test("An event of another case is found")
    func foreign() throws {
        var forged = log
        forged[4].caseID = try #require(CaseID("c-2"))
        #expect(flaw(forged) == .foreign(5))
    }

    @Test("A hash is written as 64 hexadecimal digits and read back")
    func hexadecimal() throws {
        let text = "00ff10" + String(repeating: "a5", count: 29)
        let hash = try #require(ChainHash(text))
        #expect(hash.description == text)
        #expect(ChainHash(hash.bytes) == hash)
        #expect(ChainHash(text.uppercased()) == hash)
        #expect(ChainHash(String(text.dropLast())) == nil)
        #expect(ChainHash("g" + text.dropFirst()) == nil)
        #expect(ChainHash([1, 2, 3]) == nil)
    }
}
