// SPDX-License-Identifier: GPL-2.0-or-later
import Authentication

/// Hashes that the tools of Debian 12 made.
enum HashVectors {
    static let password = "Gr\u{FC}\u{DF}e, 42"

    /// Of `password`.
    static let all: [(kind: PasswordHash.Kind, tool: String, hash: String)] = [
        (.yescrypt, "mkpasswd -m yescrypt", "$y$j9T$ARqmw75CmEhmZzFemJ2km1$YN3dzPArlaH4aGk8gOoqWiuJiz788cyk3CJXCiPzRTC"),
        (.gostYescrypt, "mkpasswd -m gost-yescrypt", "$gy$j9T$5cxwDvsMU4RL7pfreFXLh1$NWSWeKVBTD/FHYRYWnX1JvfT4qpV0Pa9LMkE4rZWAy/"),
        (.scrypt, "mkpasswd -m scrypt", "$7$CU..../....cYK9c3a5ExfuO0o2oexYW/$5iEcR/Uv0oglV.reXn46bHHNjuRrCEs0FBLN6PIosM6"),
        (.bcrypt, "mkpasswd -m bcrypt", "$2b$05$m0LFGrR4xTkbkbBBmmoscO/COFZlXoBJrLsRkcQimf8gM17TcV59C"),
        (.bcrypt, "mkpasswd -m bcrypt-a", "$2a$05$GzoOBLR8HVb3bTjQ.J/dLuHe9AjEr322c0Ww/WbinauRqQV785O2S"),
        (.bcrypt, "htpasswd -B -C 5", "$2y$05$VDwpu2DcyIGA0cGnfsBsVu/MIcz8G6d7aNaViwFlHnnDAamtSp.RS"),
        (
            .sha512crypt, "mkpasswd -m sha512crypt",
            "$6$tsKhI8C7.tM8T.F9$60Xfghd6FRrUGC.m59th7.zEjwTA6rzOu7KFbXqKVOiNAKTWVrzF2Q.igYHzeMf8QrMqAozFTkyPKrane1Wnx/"
        ),
        (.sha256crypt, "mkpasswd -m sha256crypt", "$5$93K1vU9GMifP3toH$SA/6Lx4wf3jH1luBsAc681lwjJPZpgT1NrognED8fzC"),
        (
            .sha512crypt, "openssl passwd -6",
            "$6$abcdefgh$thO8YoTlmJZT17ZoKZ32dxGKwV08W1bq50AEv.C0mk24xYOlKBFoBUUFZZLv3ItGDcQMT02pHEO3U90klGE3Y0"
        ),
        (.sha256crypt, "openssl passwd -5", "$5$abcdefgh$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC"),
    ]

    /// Of `secret`, and computed within a millisecond or two.
    static let cheap = "$y$j75$csS5j2L6lgW5gF9IErJ9G1$xCXDZbeBLAlhe6fltt2UXvRQPM6CTzF7IVlbMkUHh.8"
    static let cheapSHA = "$6$rounds=1000$E/QdYPpb2NnSbfhR$WysmfI.kYlILONujN2f1pDAoTI23JGUUnjJCtxIWpN5yaoSH3hTMFaDzgM8/XN1FK.94Kn5FvQCQVibpE82Nq0"
    static let cheapScrypt = "$7$06..../....abc$A8p28i/lS5Cm6BNnnVGeUGsGJzbQwIm3j6IASPNaEm7"
    static let cheapBcrypt = "$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a"
}
