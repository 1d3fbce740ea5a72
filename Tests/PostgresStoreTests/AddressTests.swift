import Orchestrator
import Testing

@testable import PostgresStore

@Suite("Where a database is")
struct AddressTests {
    @Test(
        "A connection string is told from the name of a file",
        arguments: [
            ("postgresql://me@db/approvals", true), ("postgres:///approvals", true), ("host=db dbname=approvals", true),
            ("service=approvals", true), ("binglian.db", false), ("/var/lib/host/db.sqlite", false), ("", false),
        ])
    func isAddress(text: String, isAddress: Bool) {
        #expect(PostgresAddress.isAddress(text) == isAddress)
    }

    @Test("The words for a database never hold its password")
    func description() throws {
        let address = try #require(PostgresAddress("postgresql://me:s3cret@a:1,b:2/approvals?sslmode=require"))
        #expect(address.description == "postgresql://me@a:1,b:2/approvals")
        #expect(
            try #require(PostgresAddress("host=/tmp dbname=x password=s3cret")).description == "postgresql:///tmp/x")
        #expect(PostgresAddress("postgresql://me:s3cret@a:1?nonsense") == nil)
    }

    @Test("Several hosts are asked in a changing order, each with its port, for one that takes writes")
    func shuffling() throws {
        let address = try #require(PostgresAddress("host=a,b,c port=1,2,3 dbname=x"))
        var orders: Set<String> = []
        for _ in 0..<200 {
            let options = Dictionary(uniqueKeysWithValues: address.attempt().map { ($0.keyword, $0.value) })
            let hosts = try #require(options["host"]).split(separator: ",")
            let ports = try #require(options["port"]).split(separator: ",")
            #expect(Set(zip(hosts, ports).map { "\($0)\($1)" }) == ["a1", "b2", "c3"])
            #expect(options["target_session_attrs"] == "read-write")
            orders.insert(hosts.joined())
        }
        #expect(orders.count == 6)
    }

    @Test("What was given is kept: TLS, time-outs, names")
    func kept() throws {
        let address = try #require(PostgresAddress("host=a sslmode=verify-full connect_timeout=9 application_name=n"))
        let options = Dictionary(uniqueKeysWithValues: address.attempt().map { ($0.keyword, $0.value) })
        #expect(options["sslmode"] == "verify-full")
        #expect(options["connect_timeout"] == "9")
        #expect(options["application_name"] == "n")
        #expect(options["tcp_user_timeout"] == "3000")
        #expect(options["target_session_attrs"] == nil)
    }

    @Test("A server that is not there is unavailable, in bounded time, and the password is not in the message")
    func nobody() async throws {
        let address = try #require(PostgresAddress("host=/nowhere user=me password=s3cret dbname=x"))
        let error = await #expect(throws: StoreError.self) {
            try await PostgresStore.open(address, limits: ConnectionPool.Limits(patience: .milliseconds(300)))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("s3cret") == false)
    }
}
