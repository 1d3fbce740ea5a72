// swift-tools-version: 6.2
import PackageDescription

// An arrow is a permission to import, and the compiler holds it (docs/architecture.md):
//
//   WorkCalendar ──► WorkflowModel ──► CaseEngine ──► Planning        core: values in, values out
//        └─────────► Scheduling ───────────────────────┘
//   core ──► Interchange                                              other programs' files
//   core ──► Orchestrator ──► SQLiteStore, PostgresStore              shell: time, files, databases
//                        ├──► DepartmentLink                          departments' own systems over HTTP
//                        └──► WebService                              the API and the pages
//   everything ──► binglian                                           the command
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], without files: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: files, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let asyncHTTP: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "binglian",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "binglian", targets: ["binglian"])
    ],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // core
        library("WorkCalendar"),
        library("WorkflowModel", ["WorkCalendar", "Yams"]),
        library("Scheduling", ["WorkCalendar"]),
        library("CaseEngine", ["WorkCalendar", "WorkflowModel"]),
        library("Planning", ["WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        library("Interchange", ["WorkCalendar", "WorkflowModel", "Scheduling", "Planning", "CZlib"]),
        // shell
        library("Orchestrator", ["WorkCalendar", "WorkflowModel", "CaseEngine", "Planning", crypto, logging]),
        library("SQLiteStore", ["CaseEngine", "Orchestrator", "WorkCalendar", grdb, sqlite]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        library("PostgresStore", ["CaseEngine", "Orchestrator", "WorkCalendar", "CLibPQ", "CZlib", logging]),
        library(
            "DepartmentLink",
            [
                "CaseEngine", "Orchestrator", "WorkCalendar", "WorkflowModel", asyncHTTP, nio, nioHTTP, crypto, logging,
                lifecycle,
            ]
        ),
        library(
            "WebService",
            [
                "WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine", "Planning", "Interchange", "Orchestrator",
                "DepartmentLink", "CZlib", asyncHTTP, hummingbird, hummingbirdCore, hummingbirdTLS, httpTypes, nio,
                nioHTTP,
                nioHTTPTypes, jwt, crypto, cryptoExtras,
                logging, lifecycle,
            ]),
        .executableTarget(
            name: "binglian",
            dependencies: [
                "WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine", "Planning", "Interchange", "Orchestrator",
                "SQLiteStore", "PostgresStore", "DepartmentLink", "WebService", arguments, logging, lifecycle, signals,
            ],
            swiftSettings: strict),
        // measures the above for docs/performance.md; not installed
        .executableTarget(
            name: "binglian-bench",
            dependencies: [
                "WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine", "Planning", "Orchestrator", "SQLiteStore",
                "PostgresStore", "ClockHistories", arguments, logging,
            ],
            swiftSettings: strict),
        // tests
        library("TestSupport", ["WorkCalendar"], path: "Tests/TestSupport"),
        library(
            "ClockHistories", ["CaseEngine", "WorkflowModel", "WorkCalendar", "TestSupport"],
            path: "Tests/ClockHistories"),
        library(
            "StoreConformance", ["Orchestrator", "WorkCalendar", "TestSupport"], path: "Tests/StoreConformance"),
        tests("WorkCalendarTests", ["WorkCalendar", "TestSupport"]),
        tests("WorkflowModelTests", ["WorkflowModel", "WorkCalendar", "TestSupport"]),
        tests("SchedulingTests", ["Scheduling", "WorkCalendar", "TestSupport"]),
        tests(
            "CaseEngineTests", ["CaseEngine", "WorkflowModel", "WorkCalendar", "TestSupport", "ClockHistories"]),
        tests(
            "PlanningTests", ["Planning", "Scheduling", "WorkflowModel", "CaseEngine", "WorkCalendar", "TestSupport"]),
        tests(
            "InterchangeTests",
            ["Interchange", "Planning", "WorkflowModel", "Scheduling", "WorkCalendar", "TestSupport"]),
        tests(
            "OrchestratorTests",
            [
                "Orchestrator", "StoreConformance", "CaseEngine", "Planning", "Scheduling", "WorkflowModel",
                "WorkCalendar", "TestSupport", logging,
            ]),
        tests(
            "SQLiteStoreTests",
            ["SQLiteStore", "StoreConformance", "Orchestrator", "WorkCalendar", "TestSupport", grdb]),
        tests(
            "PostgresStoreTests",
            [
                "PostgresStore", "SQLiteStore", "CLibPQ", "StoreConformance", "Orchestrator", "CaseEngine",
                "WorkflowModel", "WorkCalendar", "TestSupport", logging,
            ]),
        tests(
            "DepartmentLinkTests",
            [
                "DepartmentLink", "Orchestrator", "CaseEngine", "WorkCalendar", "WorkflowModel", "TestSupport",
                hummingbird, nio, httpTypes, logging,
            ]),
        tests(
            "WebServiceTests",
            [
                "WebService", "DepartmentLink", "Orchestrator", "CaseEngine", "Planning", "Interchange",
                "WorkflowModel", "WorkCalendar", "TestSupport",
                hummingbird, hummingbirdTesting, httpTypes, nio, crypto, logging,
            ]),
        tests(
            "SimulationTests",
            ["Orchestrator", "CaseEngine", "WorkflowModel", "WorkCalendar", "TestSupport"], without: ["seeds.txt"]),
        tests(
            "CommandTests",
            [
                "binglian", "Orchestrator", "CaseEngine", "Planning", "WorkflowModel", "TestSupport", "WorkCalendar",
                logging,
            ]),
    ]
)
