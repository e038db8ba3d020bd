-- SPDX-License-Identifier: GPL-2.0-or-later
-- What a run of wrk measured, on one line: requests, microseconds, failures, and the latencies p50 and p99 in microseconds.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("measured %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
