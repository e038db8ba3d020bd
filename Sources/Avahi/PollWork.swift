// SPDX-License-Identifier: GPL-2.0-or-later

/// What is done on a poll's thread.
protocol PollWork: AnyObject {
    /// Does what is due, in a bounded number of steps, and says when it wants to be called again if nobody rings before; nil: not at all.
    ///
    /// It is called outside Avahi's own callbacks, so it may make and free any of Avahi's objects. Those callbacks only note what they
    /// are told, and ring.
    func work() -> ContinuousClock.Instant?
}
