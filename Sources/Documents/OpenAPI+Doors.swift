// SPDX-License-Identifier: GPL-2.0-or-later

/// How one comes in and goes out; and how a script says who it is.
extension OpenAPI {
    static var schemes: [String: Any] {
        [
            "basic": ["type": "http", "scheme": "basic"],
            "session": ["type": "apiKey", "in": "cookie", "name": "handlervirt", "description": "With TLS it is called __Host-handlervirt."],
            "token": ["type": "http", "scheme": "bearer", "description": "A token of handlervirt token create."],
        ]
    }

    /// Whichever of them; a server without users asks for none.
    static let security: [[String: [String]]] = [[:], ["basic": []], ["session": []], ["token": []]]

    static var doors: [String: [String: Any]] {
        let text = ["type": "string"]
        let login: [String: Any] = [
            "type": "object", "required": ["name", "password"], "additionalProperties": false,
            "properties": ["name": text, "password": ["type": "string", "format": "password"], "next": text],
        ]
        let next: [String: Any] = [
            "name": "next", "in": "query", "required": false, "schema": text, "description": "The path of this server where the login leads to.",
        ]
        return [
            "/login": [
                "parameters": [[String: Any]](),
                "get": door("login", "The form to log in", ["200": "The form."]).merging(["parameters": [next]]) { $1 },
                "post": door(
                    "loginByPOST", "Log in",
                    [
                        "200": "A session has begun; Set-Cookie has it.", "303": "The same, to a browser.",
                        "401": "The name or the password is wrong.", "422": "A field is missing, or is none of these.",
                        "429": "Too much was tried in vain. Retry-After says when to try again.",
                    ]
                ).merging(["requestBody": ["required": true, "content": ["application/x-www-form-urlencoded": ["schema": login]]]]) { $1 },
            ],
            "/logout": [
                "parameters": [[String: Any]](),
                "get": door("logout", "The form to log out", ["200": "The form."]),
                "post": door("logoutByPOST", "Log out", ["200": "The session has ended.", "303": "The same, to a browser."]),
            ],
        ]
    }

    private static func door(_ name: String, _ summary: String, _ responses: [String: String]) -> [String: Any] {
        [
            "operationId": name, "summary": summary, "tags": ["session"],
            "responses": usual.merging(responses.mapValues(response)) { $1 }.merging(["404": response("This server knows no users.")]) { $1 },
        ]
    }
}
