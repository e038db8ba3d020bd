// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-2.0-or-later
import PackageDescription

let package = Package(
    name: "handlervirt",
    products: [
        .executable(name: "handlervirt", targets: ["handlervirt"]),
        .executable(name: "domumdns", targets: ["domumdns"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries. Avahi's has no pkgConfig: its flag -D_REENTRANT is refused, so the module map names what is linked. So does libcrypt's.
        .systemLibrary(name: "CAvahi", providers: [.apt(["libavahi-client-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CLibvirt", pkgConfig: "libvirt", providers: [.apt(["libvirt-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libexslt", providers: [.apt(["libxslt1-dev", "libxml2-dev"])]),

        // C of our own: what libxml2 calls on the thread that it runs on
        .target(name: "CAllowance", dependencies: ["CXML"]),

        // Rooms; the arrows only point upwards in this list
        .executableTarget(name: "LibvirtAPIGenerator"),
        .plugin(name: "LibvirtAPIPlugin", capability: .buildTool(), dependencies: ["LibvirtAPIGenerator"], path: "Sources/LibvirtAPIPlugin"),
        .target(name: "Libvirt", dependencies: ["CLibvirt"], plugins: ["LibvirtAPIPlugin"]),
        .target(name: "XML", dependencies: ["CAllowance", "CXML"]),
        .target(name: "Avahi", dependencies: ["CAvahi"]),
        .target(name: "Access"),
        .target(name: "Addresses", dependencies: ["Access"]),
        .target(
            name: "Audit",
            dependencies: ["Access", "Addresses", .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log")]),
        .target(
            name: "Authentication",
            dependencies: [
                "Access", "Addresses", "CCrypt",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(name: "Monitoring", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")]),
        .target(
            name: "Settings",
            dependencies: ["Access", "Addresses", .product(name: "Logging", package: "swift-log"), .product(name: "Yams", package: "Yams")]),
        .target(
            name: "Serving",
            dependencies: [
                "Addresses", "Settings",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .target(name: "Commands", dependencies: ["Access", "Addresses", "Libvirt", "XML"]),
        .target(name: "Inventory", dependencies: ["Libvirt", "XML"]),
        .target(name: "Announcer", dependencies: ["Avahi", "Inventory", "Libvirt"]),
        .target(
            name: "Cluster",
            dependencies: [
                "Addresses", "Avahi", "Inventory", "Libvirt", "XML",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .target(
            name: "Operations",
            dependencies: [
                "Access", "Addresses", "Audit", "Cluster", "Commands", "Inventory", "Libvirt", "XML",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Documents",
            dependencies: ["Access", "Addresses", "Audit", "Cluster", "Commands", "Inventory", "Libvirt", "Operations", "Settings", "XML"]),
        .target(
            name: "Web",
            dependencies: [
                "Access", "Addresses", "Audit", "Authentication", "Cluster", "Commands", "Documents", "Inventory", "Libvirt", "Monitoring",
                "Operations", "Serving",
                "Settings", "XML",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "handlervirt",
            dependencies: [
                "Access", "Addresses", "Audit", "Authentication", "Avahi", "Cluster", "Commands", "Libvirt", "Monitoring", "Operations",
                "Serving", "Settings", "Web", "XML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        .executableTarget(
            name: "domumdns",
            dependencies: [
                "Addresses", "Announcer", "Avahi", "Inventory", "Libvirt", "XML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // What `make bench` compares with
        .executableTarget(
            name: "BareHummingbird",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], path: "Benchmarks/peers/BareHummingbird"),

        // Tests: one folder per room, and one for the whole on real hypervisors
        .target(name: "TestSupport", dependencies: ["Audit", "Commands", "Libvirt"], path: "Tests/TestSupport"),
        .testTarget(name: "AccessTests", dependencies: ["Access"]),
        .testTarget(name: "AddressesTests", dependencies: ["Addresses", "TestSupport"]),
        .testTarget(name: "AnnouncerTests", dependencies: ["Announcer", "Avahi", "Inventory"]),
        .testTarget(
            name: "AuditTests", dependencies: ["Audit", "TestSupport", .product(name: "Logging", package: "swift-log")],
            exclude: ["killing.py", "marked.py", "serving.py"]),
        .testTarget(
            name: "AuthenticationTests",
            dependencies: [
                "Access", "Addresses", "Authentication", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "AvahiTests", dependencies: ["Avahi"]),
        .testTarget(
            name: "ClusterTests",
            dependencies: ["Addresses", "Avahi", "Cluster", "Inventory", "Libvirt", "TestSupport", .product(name: "Logging", package: "swift-log")]),
        .testTarget(name: "CommandsTests", dependencies: ["Access", "Commands", "Libvirt", "TestSupport", "XML"]),
        .testTarget(name: "LibvirtTests", dependencies: ["CLibvirt", "Libvirt"]),
        .testTarget(name: "MonitoringTests", dependencies: ["Monitoring", .product(name: "CoreMetrics", package: "swift-metrics")]),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Access", "Addresses", "Audit", "Cluster", "Commands", "Inventory", "Libvirt", "Operations", "TestSupport",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ServingTests",
            dependencies: [
                "Addresses", "Serving", "Settings",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], exclude: ["limits.py", "overload.py", "server.py", "tls.py"]),
        .testTarget(
            name: "SettingsTests", dependencies: ["Access", "Addresses", "Commands", "Settings", .product(name: "Logging", package: "swift-log")]),
        .testTarget(name: "StylesheetTests", dependencies: ["Web", "XML"], exclude: ["Fixtures", "Golden", "regenerate.sh"]),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Access", "Addresses", "Commands", "Documents", "Libvirt", "Monitoring", "Settings", "TestSupport", "Web", "XML",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "XMLTests", dependencies: ["XML"]),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["Addresses", "Commands", "Libvirt", "TestSupport", "Web", "XML", "handlervirt"], exclude: ["Corpus"]),
    ],
    swiftLanguageModes: [.v6]
)

// The rooms that hold C pointers, alone: a build under AddressSanitizer need not wait for the rest.
if Context.environment["HANDLERVIRT_BINDINGS_ONLY"] != nil {
    let rooms: Set = [
        "Announcer", "AnnouncerTests", "Avahi", "AvahiTests", "CAllowance", "CAvahi", "CLibvirt", "CXML", "Inventory", "Libvirt",
        "LibvirtAPIGenerator",
        "LibvirtAPIPlugin", "LibvirtTests", "XML", "XMLTests",
    ]
    package.targets = package.targets.filter { rooms.contains($0.name) }
    package.products = []
    package.dependencies = []
}

for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
        ]
}
