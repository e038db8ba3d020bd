# SPDX-License-Identifier: GPL-2.0-or-later
"""What the requests are about: objects of every kind, whose they are, and where; and of every kind one that is not there."""
from roles import Thing
from service import HOST

PREFIX = "5eed0000-0000-4000-8000-00000000"
# Domains: name, number, owner in the metadata, owner in fact.
DOMAINS = (
    ("alice-vm", "000a", "alice", "alice"), ("xenas-vm", "000b", "xena", "xena"), ("nobodys-vm", "000c", None, None),
    ("help-desk", "000d", "bob", "bob"), ("alice-ruled", "000e", "xena", "alice"), ("in-dispute", "000f", "alice", None),
)
# The one whose owner is said by a rule.
RULED = "alice-ruled"
# libvirt makes no checkpoint of a domain that has snapshots, so these have one, and are there for it alone.
CHECKED = (("alice-check", "001a", "alice", "alice"), ("xenas-check", "001b", "xena", "xena"), ("nobod-check", "001c", None, None))
# The numbers of domains that are not there.
ABSENT = ("0099", "0098")
NETWORKS = {"alice-net": "alice", "xena-netw": "xena", "no-ones-n": None}
POOLS = {"alice-pool": "alice", "xena-pool": "xena", "nos-pool": None}
# Volumes: name, pool, owner. The last one is its owner's by its own name.
VOLUMES = (("disk-a", "alice-pool", "alice"), ("disk-x", "xena-pool", "xena"), ("disk-n", "nos-pool", None), ("alice-disk", "nos-pool", "alice"))


def thing(kind: str, name: str, *path: str, **more) -> Thing:
    return Thing(kind, name, paths=tuple(f"/hosts/{HOST}/{item}" if item else f"/hosts/{HOST}" for item in path), **more)


def of_host() -> list[Thing]:
    """Hosts, and what belongs to them; of each kind also one that is not there. Names that are compared are equally long."""
    found = [thing("host", HOST, ""), Thing("host", "h9", is_there=False, paths=("/hosts/h9",))]
    for name, owner in [*NETWORKS.items(), ("nonesuchn", None)]:
        found.append(thing("network", name, f"networks/{name}", owner=owner, is_there=name in NETWORKS))
    pools = {}
    for name, owner in [*POOLS.items(), ("not-pool", None)]:
        pools[name] = thing("pool", name, f"pools/{name}", owner=owner, is_there=name in POOLS)
    found += pools.values()
    for name, pool, owner in VOLUMES:
        found.append(thing("volume", name, f"pools/{pool}/volumes/{name}", owner=owner, parent=pools[pool]))
    found.append(thing("volume", "disk-0", "pools/nos-pool/volumes/disk-0", is_there=False, parent=pools["nos-pool"]))
    for kind, collection, names in (("interface", "interfaces", ("eth1", "eth9")), ("device", "devices", ("computer", "compuuut"))):
        found += [thing(kind, name, f"{collection}/{name}", is_there=number == 0) for number, name in enumerate(names)]
    # Kinds that the test driver lacks.
    absent = f"{PREFIX}0099"
    for kind, path in (("filter", "filters/none"), ("binding", "bindings/none"), ("secret", f"secrets/{absent}")):
        found.append(thing(kind, path.rpartition("/")[2], path, is_there=False))
    found.append(thing("port", absent, f"networks/no-ones-n/ports/{absent}", is_there=False))
    return found


def of_domains() -> list[Thing]:
    """Domains with their snapshots and checkpoints, and one domain that is not there under every owner's name."""
    found = []
    for name, number, _, owner in [*DOMAINS, ("nonesuch", "0099", None, "xena"), ("alice-rules", "0098", None, "alice")]:
        uuid = f"{PREFIX}{number}"
        at_host = f"/hosts/{HOST}/domains/{uuid}"
        is_there, is_disputed = number < "0090", name == "in-dispute"
        # Whose address a domain in dispute has is the server's to say; its copy on its host has one in any case.
        paths = (at_host,) if is_disputed else (f"/virt/{owner or 'nobody'}/{uuid}", at_host, f"/virt/{owner or 'nobody'}/{name}")
        own = owner if is_there else None
        # A rule names what is not there yet as well, but nothing can be done to it.
        domain = Thing("domain", name, owner=own, is_disputed=is_disputed, is_there=is_there, uuid=uuid, paths=paths)
        found.append(domain)
        found.append(part(domain, "snapshots", "one", is_there))
        if name == "alice-vm":
            found.append(part(domain, "snapshots", "two", False))
    for name, number, _, owner in CHECKED:
        uuid = f"{PREFIX}{number}"
        paths = (f"/virt/{owner or 'nobody'}/{uuid}", f"/hosts/{HOST}/domains/{uuid}")
        domain = Thing("domain", name, owner=owner, uuid=uuid, paths=paths)
        found += [domain, part(domain, "checkpoints", "first", True)]
        if name == "alice-check":
            found.append(part(domain, "checkpoints", "later", False))
    return found


def part(domain: Thing, collection: str, name: str, is_there: bool) -> Thing:
    paths = tuple(f"{path}/{collection}/{name}" for path in domain.paths[:2])
    return Thing(collection.removesuffix("s"), name, is_there=is_there, parent=domain, paths=paths)
