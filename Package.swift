// swift-tools-version: 6.2
import PackageDescription

// An arrow is a permission to import, and the compiler holds it (docs/architecture.md):
//
//   WorkCalendar ──► WorkflowModel ──► CaseEngine ──► Planning        core: values in, values out
//        └─────────► Scheduling ───────────────────────┘
//   core ──► Interchange                                              other programs' files
//   core ──► Orchestrator ──► SQLiteStore                             shell: time, files, databases
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
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
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
    ],
    targets: [
        // core
        library("WorkCalendar"),
        library("WorkflowModel", ["WorkCalendar", "Yams"]),
        library("Scheduling", ["WorkCalendar"]),
        library("CaseEngine", ["WorkCalendar", "WorkflowModel"]),
        library("Planning", ["WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        library("Interchange", ["WorkCalendar", "Scheduling", "CZlib"]),
        // shell
        library("Orchestrator", ["WorkCalendar", "WorkflowModel", "CaseEngine", "Planning", crypto, logging]),
        library("SQLiteStore", ["CaseEngine", "Orchestrator", "WorkCalendar", grdb, sqlite]),
        .executableTarget(
            name: "binglian",
            dependencies: [
                "WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine", "Planning", "Interchange", "Orchestrator",
                "SQLiteStore", arguments, logging,
            ],
            swiftSettings: strict),
        // measures the above for docs/performance.md; not installed
        .executableTarget(
            name: "binglian-bench",
            dependencies: [
                "WorkCalendar", "WorkflowModel", "Scheduling", "CaseEngine", "Planning", "Orchestrator", "SQLiteStore",
                "ClockHistories", arguments, logging,
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
        tests("InterchangeTests", ["Interchange", "Scheduling", "WorkCalendar", "TestSupport"]),
        tests(
            "OrchestratorTests",
            [
                "Orchestrator", "StoreConformance", "CaseEngine", "Planning", "Scheduling", "WorkflowModel",
                "WorkCalendar", "TestSupport",
            ]),
        tests(
            "SQLiteStoreTests",
            ["SQLiteStore", "StoreConformance", "Orchestrator", "WorkCalendar", "TestSupport", grdb]),
        tests(
            "SimulationTests",
            ["Orchestrator", "CaseEngine", "WorkflowModel", "WorkCalendar", "TestSupport"], without: ["seeds.txt"]),
        tests("CommandTests", ["binglian", "TestSupport", "WorkCalendar"]),
    ]
)
