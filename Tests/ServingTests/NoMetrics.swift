// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics

@testable import Serving

extension ServingMetrics {
    /// They go nowhere.
    static var unseen: ServingMetrics { ServingMetrics(factory: NOOPMetricsHandler.instance) }
}
