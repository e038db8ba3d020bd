# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to bring an owner back, or in, by a saved image: a file, or the one that libvirt manages."""
import pathlib

import libvirt

from holdings import Holding, claim, metadata, with_metadata
from persons import Answer, Person, quiet
from races import HEIR, Way
from registry import FORGED, Registry

SECURE = libvirt.VIR_DOMAIN_SAVE_IMAGE_XML_SECURE
TEXTS = {"another owner": metadata(claim(FORGED)), "no owner": ""}

RUNS = ("it runs", lambda vm: vm.domain.isActive())


class Files:
    """Saved images in a directory, one for each VM."""

    def __init__(self, directory: pathlib.Path):
        self.directory = directory

    def of(self, vm: Holding) -> str:
        return str(self.directory / f"{vm.name}.image")

    def save(self, vm: Holding, text: str | None = None):
        """By libvirt-python. With a text, the image says that instead of its own metadata."""
        vm.domain.save(self.of(vm))
        if text is not None:
            xml = vm.connection.saveImageGetXMLDesc(self.of(vm), SECURE)
            vm.connection.saveImageDefineXML(self.of(vm), with_metadata(xml, text))

    def ways(self) -> list[Way]:
        found = []
        for name, text in TEXTS.items():
            tries = 4 if name == "another owner" else 0
            found.append(Way(f"save, virDomainSaveImageDefineXML with {name}, restore", self._edited(text), True, tries=tries))

            def ready(vm: Holding, text=text):
                self.save(vm, text)

            for function in ("virDomainRestore", "virDomainRestoreFlags", "virDomainRestoreParams"):
                tries = 4 if function == "virDomainRestore" and name == "another owner" else 0
                take = self._restoring(function)
                found.append(Way(f"{function} of an image that says {name}", take, True, ready, tries, (200,), effect=RUNS))
            for function in ("virDomainRestoreFlags", "virDomainRestoreParams"):
                take = self._restoring(function, text)
                tries = 4 if function == "virDomainRestoreFlags" and not text else 0
                found.append(Way(f"{function} with a dxml of {name}", take, True, self.save, tries))
        return found

    def _edited(self, text: str):
        def take(vm: Holding, person: Person) -> list[Answer]:
            file = self.of(vm)
            answers = [person.post(f"{vm.path}/virDomainSave", to=file)]
            xml = quiet(vm.connection.saveImageGetXMLDesc, file, SECURE)
            if xml:
                answers.append(person.post(f"/hosts/{vm.host}/virDomainSaveImageDefineXML", file=file, dxml=with_metadata(xml, text)))
            return [*answers, person.post(f"/hosts/{vm.host}/virDomainRestore", **{"from": file})]

        return take

    def _restoring(self, function: str, text: str | None = None):
        def take(vm: Holding, person: Person) -> list[Answer]:
            given = {"file" if function.endswith("Params") else "from": self.of(vm)}
            if text is not None:
                given["dxml"] = with_metadata(vm.connection.saveImageGetXMLDesc(self.of(vm), SECURE), text)
            return [person.post(f"/hosts/{vm.host}/{function}", **given)]

        return take

    def succession(self, registry: Registry, vm: Holding):
        """Saved while it was alice's, and given to bob while it was off."""
        checks = registry.checks
        registry.ready(vm, True)
        saved = registry.person("alice").post(f"{vm.path}/virDomainSave", to=self.of(vm))
        given = registry.service.root.post(f"{vm.path}/owner", owner=HEIR)
        registry.catch_up(vm)
        checks.check("save by alice, and then it goes to bob", saved.status == 200 and given.status in (200, 303), f"{saved}; {given}")
        for function in ("virDomainRestore", "virDomainRestoreFlags", "virDomainRestoreParams"):
            answer = self._restoring(function)(vm, registry.person("alice"))[0]
            wrong = ["it runs"] if vm.domain.isActive() else []
            wrong += registry.faults(vm, HEIR, brief=True)
            checks.check(f"{function} by alice is refused", answer.status in (403, 404) and not wrong, "; ".join([str(answer.status), *wrong]))
            xml = vm.connection.saveImageGetXMLDesc(self.of(vm), SECURE)
            answer = registry.person("alice").post(f"/hosts/{vm.host}/virDomainSaveImageDefineXML", file=self.of(vm), dxml=xml)
            checks.check("and so is the change of its image", answer.status in (403, 404), answer.status)
        answer = self._restoring("virDomainRestore")(vm, registry.person(HEIR))[0]
        checks.check("virDomainRestore by bob, who may name no file, is refused", answer.status == 403 and not vm.domain.isActive(), answer.status)


def managed_ways() -> list[Way]:
    found = []
    for name, text in TEXTS.items():

        def edited(vm: Holding, person: Person, text=text) -> list[Answer]:
            answers = [person.post(f"{vm.path}/virDomainManagedSave")]
            xml = quiet(lambda: vm.domain.managedSaveGetXMLDesc(SECURE))
            if xml:
                answers.append(person.post(f"{vm.path}/virDomainManagedSaveDefineXML", dxml=with_metadata(xml, text)))
            return [*answers, person.post(f"{vm.path}/virDomainCreate")]

        def ready(vm: Holding, text=text):
            forge(vm, text)

        def start(vm: Holding, person: Person) -> list[Answer]:
            return [person.post(f"{vm.path}/virDomainCreate")]

        tries = 4 if name == "another owner" else 0
        found.append(Way(f"managed save, virDomainManagedSaveDefineXML with {name}, start", edited, True, tries=tries))
        found.append(Way(f"start from a managed save that says {name}", start, True, ready, tries, (200,), effect=RUNS))
    return found


def forge(vm: Holding, text: str | None = None):
    vm.domain.managedSave()
    if text is not None:
        vm.domain.managedSaveDefineXML(with_metadata(vm.domain.managedSaveGetXMLDesc(SECURE), text))


def managed_succession(registry: Registry, vm: Holding):
    """Its managed image is of alice's time; it was given to bob while it was off."""
    for function, flags in (("virDomainCreate", None), ("virDomainCreateWithFlags", "VIR_DOMAIN_START_PAUSED")):
        registry.ready(vm, True)
        saved = registry.person("alice").post(f"{vm.path}/virDomainManagedSave")
        given = registry.service.root.post(f"{vm.path}/owner", owner=HEIR)
        registry.catch_up(vm)
        done = saved.status == 200 and given.status in (200, 303)
        registry.checks.check("managed save by alice, and then it goes to bob", done and vm.domain.hasManagedSaveImage(), f"{saved}; {given}")
        more = {} if flags is None else {"flags": [flags]}
        answer = registry.person("alice").post(f"{vm.path}/{function}", **more)
        registry.checks.check(f"{function} by alice is refused", answer.status == 404 and not vm.domain.isActive(), answer.status)
        answer = registry.person(HEIR).post(f"{vm.at(HEIR)}/{function}", **more)
        registry.still(f"{function} by bob", vm, HEIR, answer.status)
        registry.checks.check(f"{function} by bob: it is on, from that image", vm.domain.isActive() and not vm.domain.hasManagedSaveImage(), answer)
