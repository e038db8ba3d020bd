// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Libvirt

/// Every command there is: each of libvirt's functions that can be called and is not left out for a reason.
public enum CommandTable {
    /// In the order that pages show: by kind of object, those with a note first, as it stands there.
    public static let all: [Command] = ObjectKind.allCases.flatMap { commands(of: $0) }

    private static let byKind: [ObjectKind: [Command]] = {
        let places = Dictionary(uniqueKeysWithValues: Notes.all.enumerated().map { ($1.name, $0) })
        let notes = Dictionary(uniqueKeysWithValues: Notes.all.map { ($0.name, $0.note) })
        let commands = Function.all.filter { Omission.reason(for: $0) == nil }.compactMap { function in
            Command(function, note: notes[function.name] ?? Note(), requirements: PermissionTable.requirements[function.name])
        }
        return Dictionary(grouping: commands, by: \.object).mapValues { commands in
            commands.sorted { (places[$0.name] ?? .max, $0.name) < (places[$1.name] ?? .max, $1.name) }
        }
    }()

    /// The commands of one kind of object.
    public static func commands(of kind: ObjectKind) -> [Command] { byKind[kind] ?? [] }

    /// The commands of one kind of object that make an object of another which belongs to it.
    public static func making(_ kind: ObjectKind, from parent: ObjectKind) -> [Command] {
        let words = ["CreateXML", "DefineXML", "CreateXMLFrom"]
        return commands(of: parent).filter { command in
            (command.namedByXML == kind && !command.isReading)
                || command.function.returnType == kind.pointerType && words.contains { command.name.hasSuffix($0) }
        }
    }

    /// Every permission that a command can ask for.
    public static let permissions = Set(all.flatMap(\.requirements).map(\.permission)).union(Permission.own)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The command of that name, with or without its `vir` prefix: `virDomainGetUUID`, `domainGetUUID`.
    public static func command(_ name: String) -> Command? {
        if let command = byName[name] { return command }
        guard let first = name.first, first.isLowercase, first.isASCII else { return nil }
        return byName["vir" + first.uppercased() + name.dropFirst()] ?? byName["vir" + name.prefix(3).uppercased() + name.dropFirst(3)]
    }

    /// The functions that are not offered, each with why.
    public static let missing: [(function: Function, reason: String)] = Function.all.filter { byName[$0.name] == nil }.map { function in
        (function, Omission.reason(for: function) ?? Omission.unknown(function))
    }
}
