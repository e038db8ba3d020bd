# SPDX-License-Identifier: GPL-2.0-or-later
"""Values that random requests are made of: what a test driver holds, what is right somewhere, and what is right nowhere."""
import uuid

import documents

DOMAIN = "6695eb01-f6a4-8304-79aa-97f2502e193f"
# What libvirt's test driver holds when it starts. A domain may also be called by its name.
OBJECTS = {
    "domain": [f"/virt/nobody/{DOMAIN}", "/virt/nobody/test", f"{{host}}/domains/{DOMAIN}"],
    "host": ["{host}"],
    "network": ["{host}/networks/default"],
    "port": [f"{{host}}/networks/default/ports/{uuid.UUID(int=7)}"],
    "pool": ["{host}/pools/default-pool"],
    "volume": ["{host}/pools/default-pool/volumes/fuzz"],
    "interface": ["{host}/interfaces/eth1"],
    "device": ["{host}/devices/computer", "{host}/devices/scsi_host1"],
    "filter": ["{host}/filters/fuzz"],
    "binding": ["{host}/bindings/vnet0"],
    "secret": [f"{{host}}/secrets/{uuid.UUID(int=9)}"],
    "snapshot": [f"/virt/nobody/{DOMAIN}/snapshots/fuzz", f"{{host}}/domains/{DOMAIN}/snapshots/fuzz"],
    "checkpoint": [f"/virt/nobody/{DOMAIN}/checkpoints/fuzz"],
}
ODD_NAMES = ["..", ".", "~", "~Lg", "~!!", "a/b", "a b", "x" * 300, "é\u0301🐟", "<b>&\"'", "%2f", "?#;", "\u202e", "virDomainDestroy", "0", "-1"]
RAW_SEGMENTS = ["%00", "%zz", "%", "%ff%fe", "%2e%2e", "%0a", "~Li4", "~____", "", "+"]
BOUNDARIES = [0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64]
BOUNDARIES += [-(2**31), -(2**63), -(2**63) - 1]
TEXTS = ["", " ", "0", "true", "vda", "eth0", "x86_64", "qemu", "1e9", "0x10", "<", "]]>", "%s%n", "'\""]
TEXTS += ["\x00", "\r\n", "a" * 5000, "u\u0308", "\ud83d\ude00", "𝔘𝔫𝔦", "\ufffe"]
ETHERNET = "<interface type='ethernet' name='eth1'><mac address='aa:bb:cc:dd:ee:ff'/></interface>"
XML = [
    documents.tiny("test", DOMAIN), documents.tiny("fuzz"), documents.network("default", "fuzz0", "192.168.232"), documents.pool("default-pool", "/nonesuch"),
    documents.volume("fuzz", "raw"), documents.snapshot("fuzz"), documents.checkpoint("fuzz"), documents.nwfilter("fuzz"), documents.secret("fuzz"),
    documents.disk("/nonesuch"), ETHERNET, "<cpu><model>Nehalem</model></cpu>",
    "<a/>", "<a>", "", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a xmlns='urn:\u00fc'/>", "<x>" * 400 + "</x>" * 400,
]  # fmt: skip
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]
# These write files, or read them as if they had: theirs are in the scratch directory, whatever else is wrong with them.
FILES = ("to", "from", "file")
# What no parameter is, or not quite.
NEARLY = ["VIR_NONESUCH", "0-", "^", "0-100000", "4294967295-0", "nan", "inf", "1,5", "-0", "+1", " 1", "0b1", "===", "A", "QQ==QQ=="]
STRANGERS = ["nonesuch", "flags", "xml", "", "ü", "domain", "conn"]
PAGES = ["", "-1", "0", "1", "100", "nonesuch", "99999999999999999999", "ü", "default", "name"]
