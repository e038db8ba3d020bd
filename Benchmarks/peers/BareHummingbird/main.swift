// SPDX-License-Identifier: GPL-2.0-or-later
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

// BareHummingbird PORT BYTES: answers every request with the same body of that size, copied for none. What handlervirt could reach
// if a document cost nothing.
guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]), let size = Int(CommandLine.arguments[2]) else {
    fatalError("usage: BareHummingbird PORT BYTES")
}
let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
let headers: HTTPFields = [.contentType: "application/xml; charset=utf-8"]
var log = Logger(label: "BareHummingbird")
log.logLevel = .warning
let responder = CallbackResponder<BasicRequestContext> { _, _ in
    Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
}
try await Application(responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: log).runService()
