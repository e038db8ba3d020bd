#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# inside.sh FOLDER: runs within a machine that units.py boots, and prints a line `NAME<TAB>ok|FAIL<TAB>FIGURE` for each check.
folder=$1
say() { printf '%s\t%s\t%s\n' "$1" "$([ "$2" = 0 ] && echo ok || echo FAIL)" "$(echo "$3" | tr '\n\t' '  ' | cut -c1-300)"; }
is() { say "$1" "$([ "$2" = "$3" ]; echo $?)" "$2"; }
property() { systemctl show --value --property "$1" "$2"; }
soon() { local i; for i in $(seq 100); do "$@" > /dev/null 2>&1 && return 0; sleep 0.2; done; return 1; }
at=http://127.0.0.1:8080
as() { setpriv --reuid handlervirt --regid handlervirt --init-groups "$@"; }

systemd-sysusers
is "systemd-sysusers makes the user" "$(id -nG handlervirt)" handlervirt
install -d -m 755 /etc/handlervirt
cat > /etc/handlervirt/handlervirt.yaml << 'YAML'
listen: 127.0.0.1:8080
visibility: owner
access: read-write
users: /var/lib/handlervirt/users
tokens: /var/lib/handlervirt/tokens
session-key: /var/lib/handlervirt/session.key
audit: /var/log/handlervirt/audit.log
hosts:
  - uri: test:///default
grants:
  - {role: admin, user: root}
YAML
mkdir -p /etc/default
echo HANDLERVIRT_CONFIG=/etc/handlervirt/handlervirt.yaml > /etc/default/handlervirt
install -d -m 700 -o handlervirt -g handlervirt /var/lib/handlervirt /var/lib/handlervirt/tokens
echo "correct horse battery" | as handlervirt passwd --users /var/lib/handlervirt/users root
say "handlervirt passwd makes a file of users" $? "$(stat -c '%a %U' /var/lib/handlervirt/users)"

# A machine that boots for the first time enables what it finds, so it may run already, without any of this.
systemctl restart handlervirt
soon curl -fsS $at/health
say "the server starts as a service" $? "$(systemctl is-active handlervirt) $(journalctl -u handlervirt -n 3 -o cat)"
pid=$(property MainPID handlervirt)
is "it runs as its own user" "$(ps -o user= -p "$pid")" handlervirt
is "without capabilities" "$(grep CapEff "/proc/$pid/status" | cut -f2)" 0000000000000000
is "and can get no more" "$(grep NoNewPrivs "/proc/$pid/status" | cut -f2)" 1
is "a stranger is asked who he is" "$(curl -s -o /dev/null -w '%{http_code}' $at/virt)" 401
is "root is let in" "$(curl -s -o /dev/null -w '%{http_code}' -u 'root:correct horse battery' $at/virt)" 200
is "a command runs" "$(curl -s -o /dev/null -w '%{http_code}' -u 'root:correct horse battery' -X POST $at/virt/nobody/test/virDomainSuspend)" 200
is "and stands in the audit" "$(grep -c virDomainSuspend /var/log/handlervirt/audit.log)" 2
is "which others cannot read" "$(stat -c '%a %U' /var/log/handlervirt/audit.log)" "600 handlervirt"

token=$(as handlervirt token create --config /etc/handlervirt/handlervirt.yaml --user root --role viewer 2> /dev/null)
say "handlervirt token makes one" "$([ -n "$token" ]; echo $?)" "${#token} characters"
is "which the server takes" "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" $at/virt)" 200

mv /var/log/handlervirt/audit.log /var/log/handlervirt/audit.log.1
systemctl reload handlervirt
soon test -e /var/log/handlervirt/audit.log
curl -s -o /dev/null -u 'root:correct horse battery' -X POST $at/virt/nobody/test/virDomainResume
is "after a reload the audit goes into a new file" "$(grep -c virDomainResume /var/log/handlervirt/audit.log)" 2
is "by the same process" "$(property MainPID handlervirt)" "$pid"

echo HANDLERVIRT_AUDIT=journald >> /etc/default/handlervirt
systemctl restart handlervirt
soon curl -fsS $at/health
curl -s -o /dev/null -u 'root:correct horse battery' -X POST $at/virt/nobody/test/virDomainSuspend
lines() { journalctl -t handlervirt-audit -o cat | grep -c virDomainSuspend; }
two() { [ "$(lines)" = 2 ]; }
soon two
is "the journal takes the audit" "$(lines)" 2
pid=$(property MainPID handlervirt)

kill -9 "$pid"
soon curl -fsS $at/health
say "killed, it is started again" $? "$(property NRestarts handlervirt) restarts"
before=$(date +%s%N)
systemctl stop handlervirt
say "it stops" $? "in $(( ($(date +%s%N) - before) / 1000000 )) ms, $(property Result handlervirt)"
is "with success" "$(property Result handlervirt)" success

# Neither avahi-daemon nor libvirtd runs here: it waits for both.
systemctl start domumdns
sleep 2
is "domumdns runs as a service" "$(systemctl is-active domumdns)" active
uid=$(ps -o uid= -p "$(property MainPID domumdns)" | tr -d ' ')
say "as a user that is there for as long as it runs" "$([ "$uid" -ge 61184 ] && [ "$uid" -le 65519 ]; echo $?)" "$uid"
systemctl stop domumdns
is "and stops with success" "$(property Result domumdns)" success
for unit in handlervirt domumdns; do
    say "exposure of $unit" 0 "$(systemd-analyze security --no-pager $unit | tail -n 1 | sed 's/.*service: //')"
done
echo end
