import Testing

@testable import PostgresStore

@Suite("Numbers of transactions")
struct ChangePositionTests {
    @Test(
        "The lower half of a number is completed to the number nearest to the next one",
        arguments: [
            (5, 7, 5), (7, 5, 7), (0xFFFF_FFF0, 0x1_0000_0005, 0xFFFF_FFF0), (3, 0x1_0000_0005, 0x1_0000_0003),
            (2, 0xFFFF_FFF0, 0x1_0000_0002), (9, 0x7_0000_0010, 0x7_0000_0009),
        ] as [(Int64, Int64, Int64)])
    func full(low: Int64, next: Int64, expected: Int64) {
        #expect(PostgresStore.full(low, near: next) == expected)
    }
}
