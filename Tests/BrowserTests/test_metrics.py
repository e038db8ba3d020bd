# SPDX-License-Identifier: GPL-2.0-or-later
"""The metrics, as Prometheus' own client reads them."""
from prometheus_client.parser import text_string_to_metric_families


def families(server) -> dict:
    response = server.get("/metrics")
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {family.name: family for family in text_string_to_metric_families(response.body.decode())}


def test_prometheus_reads_the_metrics(server):
    server.get("/virt")
    found = families(server)
    assert found["handlervirt_requests"].type == "counter"
    assert found["handlervirt_request_duration_seconds"].type == "histogram"
    for name in ("process_resident_memory_bytes", "process_open_fds", "process_threads", "process_start_time_seconds"):
        assert found[name].type == "gauge" and found[name].samples[0].value > 0, name
    assert all(family.documentation for family in found.values())


def test_buckets_add_up(server):
    samples = families(server)["handlervirt_request_duration_seconds"].samples
    for method in {sample.labels["method"] for sample in samples}:
        buckets = [sample.value for sample in samples if sample.name.endswith("_bucket") and sample.labels["method"] == method]
        count = next(sample.value for sample in samples if sample.name.endswith("_count") and sample.labels["method"] == method)
        assert buckets == sorted(buckets) and buckets[-1] == count


def test_counters_only_grow_and_name_no_vm(server):
    def requests():
        return sum(sample.value for sample in families(server)["handlervirt_requests"].samples)

    before = requests()
    server.get(server.vm("test"))
    assert requests() > before
    for family in families(server).values():
        for sample in family.samples:
            assert not {"vm", "owner", "path", "uuid"} & set(sample.labels), sample
