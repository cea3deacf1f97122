// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, in the order in which they may use each other: a room uses only rooms listed above it,
// arrows never point up a layer, and a stage never uses another stage. `checkArrows()` stops the build otherwise.
let rooms: [Room] = [
  Room("PersonaRecords", .records, "Sources/Records", products: [.crypto]),

  // Room("SimilarityKernels", .tools, "Sources/Tools/SimilarityKernels", uses: ["PersonaRecords"]),
  // Room("ShardFiles", .tools, "Sources/Tools/ShardFiles", uses: ["PersonaRecords"], libraries: ["CZlib", "CZstd"]),
]

// MARK: - What a room is, and the check of its arrows

struct Room {
  enum Layer: Int {
    case records, tools, stages, front, apps
  }

  let name: String
  let layer: Layer
  let path: String
  let uses: [String]
  let libraries: [String]
  let products: [Target.Dependency]
  let exclude: [String]
  let resources: [Resource]

  init(
    _ name: String, _ layer: Layer, _ path: String, uses: [String] = [], libraries: [String] = [],
    products: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
  ) {
    self.name = name
    self.layer = layer
    self.path = path
    self.uses = uses
    self.libraries = libraries
    self.products = products
    self.exclude = exclude
    self.resources = resources
  }
}

func checkArrows() {
  for (place, room) in rooms.enumerated() {
    for used in room.uses {
      guard let usedPlace = rooms.firstIndex(where: { $0.name == used }) else {
        fatalError("Package.swift: \(room.name) uses \(used), and there is no such room; list it, or drop the arrow")
      }
      let other = rooms[usedPlace]
      if other.layer.rawValue > room.layer.rawValue || usedPlace >= place {
        fatalError("Package.swift: \(room.name) must not use \(used): arrows point only to rooms listed above")
      }
      if other.layer == .stages && room.layer == .stages {
        fatalError(
          "Package.swift: stage \(room.name) must not use stage \(used): stages meet through records in shard files; "
            + "what both need is a tool, and the order of steps belongs in PersonaHub/Flow.swift")
      }
    }
  }
}
checkArrows()

let houseRules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

extension Target.Dependency {
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
}

let roomTargets: [Target] = rooms.map { room in
  .target(
    name: room.name,
    dependencies: (room.uses + room.libraries).map { .target(name: $0) } + room.products,
    path: room.path, exclude: room.exclude, resources: room.resources, swiftSettings: houseRules)
}

let package = Package(
  name: "persona-hub",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", path: "Sources/SystemLibraries/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/SystemLibraries/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
  ] + roomTargets
)
