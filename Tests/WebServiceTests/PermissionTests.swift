import CaseEngine
import HTTPTypes
import HummingbirdTesting
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Every endpoint is asked as every role, in every relation, from both cities: what happens is what the table says.
@Suite struct PermissionTests {
    private struct Asker: Sendable {
        let role: ServiceRole?
        let account: String
        let relation: Relation
        let isForeign: Bool
    }

    private static let askers: [Asker] =
        ServiceRole.allCases.flatMap { role -> [Asker] in
            let name = role.rawValue.lowercased()
            let related: Relation =
                ServiceRole.ofOwners.contains(role)
                ? .own : ServiceRole.ofDepartments.contains(role) ? .department : .other
            return [
                Asker(role: role, account: name, relation: related, isForeign: false),
                Asker(role: role, account: name + "-other", relation: .other, isForeign: false),
                Asker(role: role, account: name, relation: related, isForeign: true),
            ]
        } + [Asker(role: nil, account: "", relation: .other, isForeign: false)]

    private static func path(of endpoint: Endpoint) -> String {
        var path = endpoint.path
        for name in endpoint.names {
            path = path.replacing("{\(name)}", with: name == "case" ? TestCity.caseID : "x")
        }
        let required = endpoint.parameters.filter { $0.isRequired && $0.place == .query }.map { "\($0.name)=x" }
        return required.isEmpty ? path : path + "?" + required.joined(separator: "&")
    }

    @Test func everyEndpointForEverybody() async throws {
        let city = try await TestCity()
        let asked = try await city.test { client in
            var count = 0
            for endpoint in AllEndpoints.list {
                if case .events = endpoint.answer { continue }
                for asker in Self.askers {
                    var token: String?
                    if asker.role != nil {
                        token = try await city.token(of: asker.account, in: asker.isForeign ? city.there : city.here)
                    }
                    let hasBody: Bool = if case .json = endpoint.body { true } else { false }
                    let answer = try await client.send(
                        endpoint.method, Self.path(of: endpoint), token: token, json: hasBody ? "{}" : nil,
                        headers: [.accept: "application/json", .idempotencyKey: "k\(count)"])
                    count += 1
                    let got = answer.status.code
                    let what: Comment =
                        "\(endpoint.method) \(endpoint.path) as \(asker.account) \(asker.relation) \(asker.isForeign): \(got)"
                    #expect(got < 500, what)
                    expect(endpoint, asker, got, answer.json["code"].text, what)
                }
            }
            return count
        }
        #expect(asked > 2000)
    }

    private func expect(_ endpoint: Endpoint, _ asker: Asker, _ got: Int, _ code: String?, _ what: Comment) {
        if Permissions.grant(endpoint.action).isPublic {
            if endpoint.action != .signIn { #expect(got != 401 && got != 403, what) }
            return
        }
        guard let role = asker.role else {
            #expect(got == 401, what)
            return
        }
        guard Permissions.allows(endpoint.action, to: role, nil) else {
            #expect(got == 403 && code == "roleMissing", what)
            return
        }
        guard endpoint.isAboutCase else {
            #expect(got != 403 && (got != 401 || code == "signInRefused"), what)
            return
        }
        if asker.isForeign {
            #expect(got == 404, what)
        } else if Permissions.allows(endpoint.action, to: role, asker.relation) {
            #expect(got != 401 && got != 403, what)
            #expect(got != 404 || endpoint.names.count > 1, what)
        } else if Permissions.allows(.readCase, to: role, asker.relation) {
            #expect(got == 403 && code == "roleMissing", what)
        } else {
            #expect(got == 404, what)
        }
    }

    /// Every kind of command, as every role, in both relations.
    @Test func everyCommandForEverybody() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let commands = ["admit", "withdraw", "decide", "opine", "sign", "rectify", "extend"]
            let bodies: [String: String] = [
                "withdraw": #"{"reason":"r"}"#, "decide": #"{"decision":{"granted":{}}}"#,
                "opine": #"{"participant":"p","verdict":{"pass":{}}}"#, "sign": #"{"opinion":"o"}"#,
                "rectify": #"{"materials":[],"note":"n"}"#,
                "extend": #"{"by":{"amount":5,"unit":"wd"},"reason":"r","approver":"a"}"#,
            ]
            for (number, verb) in commands.enumerated() {
                for asker in Self.askers where !asker.isForeign {
                    guard let role = asker.role else { continue }
                    let token = try await city.token(of: asker.account)
                    let members = bodies[verb] ?? "{}"
                    let json = #"{"item":{"id":"x","command":{"\#(verb)":\#(members)}}}"#
                    let answer = try await client.send(
                        .post, "/v1/cases/\(TestCity.caseID)/commands", token: token, json: json,
                        headers: [.idempotencyKey: "c\(number).\(asker.account)"])
                    let what: Comment = "\(verb) as \(asker.account): \(answer.status.code) \(answer.text)"
                    #expect(answer.status.code < 500, what)
                    guard Permissions.allows(.command, to: role, asker.relation) else { continue }
                    let command = try StrictDecoding.value(
                        CaseCommand.self, from: try JSONReading.read(Array(json.utf8)))
                    if Permissions.allows(command.action, to: role, asker.relation) {
                        #expect(answer.json["code"].text != "roleMissing", what)
                    } else {
                        #expect(answer.status == .forbidden && answer.json["code"].text == "roleMissing", what)
                    }
                }
            }
        }
    }

    /// The applicant reads of an opinion before the notice neither the verdict nor the points.
    @Test func applicantsReadNoInternalNotes() throws {
        for role in ServiceRole.ofOwners {
            #expect(!Permissions.allows(.readInternal, to: role, .own))
            #expect(!Permissions.allows(.readInternal, to: role, nil))
        }
    }

    @Test func administratorsSeeNoCase() {
        for role in [ServiceRole.administrator, .securityAdministrator, .auditAdministrator] {
            for action in [Action.readCase, .listCases, .command, .decide, .readInternal] {
                #expect(!Permissions.allows(action, to: role, .own))
            }
        }
    }

    @Test func theThreeAdministratorsAreThreePeople() throws {
        let ledger = AccountLedger()
        let context = CaseContext(today: TestCity.today, actor: .system)
        let account = Account(id: "x", name: "x", posts: [Post(.administrator), Post(.auditAdministrator)])
        #expect(throws: AccountRejection.self) { try ledger.decide(.open(account: account), in: context) }
    }
}
