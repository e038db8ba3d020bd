# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to change an owner by what is posted: a definition, a domain made from XML, metadata."""
import uuid as identity

from forgeries import ANSWERS, Forgery, forgeries
from holdings import NOBODY, OWNER, Holding, claim, metadata, with_metadata
from persons import Answer, Person, quiet
from races import Way
from registry import FORGED, Registry

# Whose repair is a race that can be lost; the others are refused before libvirt hears of them, or are the same to it.
RACED = ("another owner", "no owner", "an element of another name")
OPEN = RACED[:2]
BOTH = ["VIR_DOMAIN_AFFECT_LIVE", "VIR_DOMAIN_AFFECT_CONFIG"]
REDEFINED = "defined once more"


def defining(forge: Forgery, function: str = "virDomainDefineXML"):
    def take(vm: Holding, person: Person) -> list[Answer]:
        xml = forge(vm.stored()).replace("<memory", f"<description>{REDEFINED}</description><memory", 1)
        return [person.post(f"/hosts/{vm.host}/{function}", xml=xml)]

    return take


def creating(forge: Forgery, function: str = "virDomainCreateXML"):
    """It is defined and shut off: libvirt starts it as the XML says, and keeps the configuration beside it."""
    return lambda vm, person: [person.post(f"/hosts/{vm.host}/{function}", xmlDesc=forge(vm.stored()))]


def definitions() -> list[Way]:
    ways = []
    effect = ("it is defined", lambda vm: REDEFINED in vm.stored())
    for name, forge in forgeries("alice", FORGED).items():
        for running in (False, True):
            title = f"defining a VM that {'runs' if running else 'is off'}, {name}"
            tries = 20 if name in RACED else 0
            ways.append(Way(title, defining(forge), running=running, tries=tries, answers=ANSWERS.get(name, ()), effect=effect))
    flagged = defining(forgeries("alice", FORGED)["no owner"], "virDomainDefineXMLFlags")
    ways.append(Way("virDomainDefineXMLFlags, no owner", flagged, running=True, tries=0, answers=(200,), effect=effect))
    return ways


def creations() -> list[Way]:
    known = forgeries("alice", FORGED)
    active = ("it runs", lambda vm: vm.domain.isActive())
    ways = [Way(f"virDomainCreateXML, {name}", creating(known[name]), tries=0, answers=ANSWERS.get(name, ())) for name in known if name not in OPEN]
    for function in ("virDomainCreateXML", "virDomainCreateLinux"):
        for name in OPEN:
            tries = 8 if function == "virDomainCreateXML" else 0
            take = creating(known[name], function)
            ways.append(Way(f"{function} of what is defined, {name}", take, tries=tries, answers=ANSWERS[name], effect=active))
    return ways


def setting(text: str | None, uri: str = OWNER, kind: str = "VIR_DOMAIN_METADATA_ELEMENT", flags=None, key: str = "o"):
    def take(vm: Holding, person: Person) -> list[Answer]:
        given = {"type": kind, "key": key, "uri": uri, "flags": flags or (BOTH if vm.domain.isActive() else BOTH[1:])}
        if text is not None:
            given["metadata"] = text
        return [person.post(f"{vm.path}/virDomainSetMetadata", **given)]

    return take


def annotations() -> list[Way]:
    plain = f"<owner>{FORGED}</owner>"
    named = f"<owner xmlns='{OWNER}'>{FORGED}</owner>"
    referred = f"<owner xmlns='urn:handler&#118;irt:owner:1'>{FORGED}</owner>"
    ways = []
    for running in (False, True):
        state = "runs" if running else "is off"
        for name, take in {
            "our namespace": setting(plain), "our namespace, and nothing": setting(None),
            "our namespace, and an element of another name": setting("<person>x</person>"),
            "our namespace, live only": setting(plain, flags=BOTH[:1]), "our namespace, configured only": setting(plain, flags=BOTH[1:]),
            "our namespace, no flag": setting(plain, flags=[""]), "another namespace, whose element declares ours": setting(named, "urn:x"),
            "another namespace, whose element refers to ours": setting(referred, "urn:x"),
            "another namespace, with our element in it": setting(f"<x>{named}</x>", "urn:x"),
            "another namespace, with our element referred to in it": setting(f"<x><y>{referred}</y></x>", "urn:x"),
            "a prefixed element of ours": setting(f"<o:owner xmlns:o='{OWNER}'>{FORGED}</o:owner>", "urn:x", key="x"),
        }.items():  # fmt: skip
            tries = 20 if running and name in ("our namespace", "another namespace, whose element declares ours") else 0
            live = not running and "live" in name
            ways.append(Way(f"virDomainSetMetadata of a VM that {state}, {name}", take, running=running, tries=tries, answers=() if live else (403,)))
    title = f"</title>{metadata(claim(FORGED))}<title>"
    for kind in ("TITLE", "DESCRIPTION"):
        ways.append(Way(f"virDomainSetMetadata, a {kind.lower()} like metadata", setting(title, "", f"VIR_DOMAIN_METADATA_{kind}", key=""), tries=0))
    tags = setting("<handlervirt><tag>web</tag></handlervirt>", "urn:handlervirt:1")
    tagged = ("it is tagged", lambda vm: "web" in vm.stored())
    ways.append(Way("virDomainSetMetadata, tags", tags, running=True, tries=10, answers=(200,), effect=tagged))
    return ways


def plain_owners() -> list[Way]:
    """What the owner of a VM may not do who has no other role."""
    known = forgeries("bob", FORGED)
    ways = [Way(f"defining, {name}", defining(known[name]), tries=0, answers=(403,)) for name in ("another owner", "no owner", "CDATA")]
    ways += [Way(f"virDomainCreateXML, {name}", creating(known[name]), tries=0, answers=(403,)) for name in OPEN]
    ways += [way for way in annotations() if "our" in way.name and not way.tries]
    return ways


def strangers(registry: Registry, mine: Holding, foreign: Holding):
    """Definitions of what is not there, or is somebody else's."""
    checks, person, host = registry.checks, registry.person("alice"), mine.host
    registry.ready(mine, False)
    registry.ready(foreign, False)

    def refused(name: str, xml: str, function: str = "virDomainDefineXML"):
        answer = person.post(f"/hosts/{host}/{function}", **{"xml" if "Define" in function else "xmlDesc": xml})
        wrong = registry.faults(mine, "alice", brief=True) + registry.faults(foreign, "bob", brief=True)
        checks.check(f"{name} is refused", answer.status in (403, 404, 409) and not wrong, "; ".join([str(answer.status), *wrong]))

    def absent(name: str, owner: str, function: str):
        new = Holding(mine.connection, host, f"new-{owner}-{function[-9:]}", owner)
        answer = person.post(f"/hosts/{host}/{function}", **{"xml" if "Define" in function else "xmlDesc": new.xml()})
        is_there = quiet(lambda: new.domain) is not None
        checks.check(f"{name} is refused", answer.status in (403, 404) and not is_there, f"{answer.status}{', and it is there' if is_there else ''}")
        new.clear()

    for function in ("virDomainDefineXML", "virDomainCreateXML"):
        for owner in (FORGED, "bob", NOBODY):
            absent(f"{function} of a new VM that is {owner}'s", owner, function)
        stolen = with_metadata(foreign.stored(), metadata(claim("alice")))
        refused(f"{function} of bob's VM as alice's", stolen, function)
        refused(f"{function} of bob's VM as it is", foreign.stored(), function)
        refused(f"{function} of bob's UUID by alice's name", stolen.replace(f">{foreign.name}<", f">{mine.name}<"), function)
        refused(f"{function} of alice's UUID by bob's name", mine.stored().replace(f">{mine.name}<", f">{foreign.name}<"), function)
        nameless = stolen.replace(f"<uuid>{foreign.uuid}</uuid>", f"<uuid>{identity.uuid4()}</uuid>")
        refused(f"{function} of another UUID by bob's name", nameless, function)
    undefined_while_running(registry, mine)


def undefined_while_running(registry: Registry, vm: Holding):
    """Who owns it may make it transient, and define it anew."""
    checks, person = registry.checks, registry.person("alice")
    for name, forge in ((name, forge) for name, forge in forgeries("alice", FORGED).items() if name in RACED):
        registry.ready(vm, True)
        xml = vm.stored()
        answer = person.post(f"{vm.path}/virDomainUndefine")
        remains = answer.status in (200, 303) and vm.owners().live == "alice"
        checks.check("undefining a VM that runs leaves it alice's", remains, f"{answer.status}, {vm.owners()}")
        answer = person.post(f"/hosts/{vm.host}/virDomainDefineXML", xml=forge(xml))
        registry.still(f"and defining it anew, {name}", vm, "alice", answer.status)
        vm.clear()


def restarts() -> list[Way]:
    def again(vm: Holding, person: Person) -> list[Answer]:
        answers = defining(forgeries("alice", FORGED)["no owner"])(vm, person)
        # It may be somebody else's meanwhile, and then these come to nothing.
        answers.append(person.post(f"{vm.path}/virDomainDestroy"))
        return [*answers, person.post(f"{vm.path}/virDomainCreate")]

    def renamed(vm: Holding, person: Person) -> list[Answer]:
        return [person.post(f"{vm.path}/virDomainRename", new_name=f"{vm.name}-renamed")]

    return [
        Way("defining a VM that runs without its owner, and starting it anew", again, running=True, tries=6),
        Way("rename", renamed, answers=(200,), effect=("it is renamed", lambda vm: vm.domain.name().endswith("-renamed"))),
    ]
