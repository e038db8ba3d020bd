// SPDX-License-Identifier: GPL-2.0-or-later

extension Registry {
    /// The media type of `exposition(with:)`.
    public static let contentType = Exposition.contentType

    /// What the metrics of this server are about, by their names.
    public static let help = [
        "handlervirt_announcements_refused_total": "Announcements of hosts that were not followed, by the reason.",
        "handlervirt_answers_dropped_total": "Answers that were not sent, because the client has left too many unread.",
        "handlervirt_build_info": "Always 1; the labels say what runs.",
        "handlervirt_call_threads": "Threads for calls to hosts, those included that wait for one.",
        "handlervirt_connections_open": "Connections of clients that are open and served.",
        "handlervirt_connections_refused_total": "Connections that were beyond a limit, by the limit.",
        "handlervirt_host_calls_total": "Calls to a host, by what became of them.",
        "handlervirt_host_deadlines_total": "Calls to a host that passed their deadline.",
        "handlervirt_host_up": "Whether the host answers: 1 or 0.",
        "handlervirt_metrics_refused_total": "Series that were asked for and not made: too many, or a name of another type.",
        "handlervirt_request_duration_seconds": "How long requests took, until their answer began.",
        "handlervirt_requests_refused_total": "Requests that were refused before anything was done for them, by the reason.",
        "handlervirt_requests_total": "Requests that were answered.",
        "handlervirt_snapshot_age_seconds": "How old what is known of a host is.",
        "handlervirt_tls_certificate_expiry_seconds": "How long the server's certificate is still valid; less than zero if it has expired.",
        "handlervirt_tls_handshakes_failed_total": "Connections that did not come to speak TLS.",
        "process_cpu_seconds_total": "User and system time that the process has spent.",
        "process_open_fds": "Open file descriptors.",
        "process_resident_memory_bytes": "Resident memory.",
        "process_start_time_seconds": "When the process started, in seconds since 1970.",
        "process_threads": "Threads of the process.",
    ]
}
