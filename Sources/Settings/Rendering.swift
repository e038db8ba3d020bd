// SPDX-License-Identifier: GPL-2.0-or-later

/// Who transforms when a browser asks.
public enum Rendering: String, CaseIterable, Sendable { case server, client }
