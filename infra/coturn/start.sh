#!/bin/sh
# Starts coturn for Ferry, with a configuration made from turnserver.conf.template, and hands a renewed certificate to
# the running relay. The same script in the container, under systemd and in the tests. Started as root, it lets coturn
# give root's rights up; the secret stands in no argument and in no file that others may read.
#
# Environment
#   TURN_SECRET              the API's TURN_SECRET; at least 16 of A-Z a-z 0-9 . _ ~ + / = -
#   FERRY_HOST               Ferry's name, which is the relay's, too, in its URLs and its certificate; unless there is
#   TURN_HOST                a name of its own. With it come addresses of its own, where nothing else listens at port
#                            443: there it answers TLS, too
#   TURN_PUBLIC_ADDRESS      the relay's address as clients reach it. Behind NAT: public/own, such as
#                            198.51.100.7/10.0.0.5. Several, such as IPv4 and IPv6, are separated by commas
#   TURN_MIN_PORT, TURN_MAX_PORT   UDP ports of relayed transfers (49152 to 51199)
#   TURN_ALLOWED_PEERS       ranges to open in spite of the template, such as 10.9.0.4,10.9.1.0-10.9.1.255
#   TLS_MODE                 where the certificate comes from: `files`, or as Caddy has it `acme` or `internal` (files)
#   TURN_CERTIFICATE, TURN_KEY     PEM files, with `files`
#   TURN_CADDY_DATA          Caddy's folder, in which it keeps the certificate of TURN_HOST, with the others
#   TURN_CERTIFICATE_WAIT_S  how long the start waits for it (60); then the relay starts without TLS
#   TURN_CERTIFICATE_CHECK_S how often to look for a renewed one (300)
#   TURN_EXTRA_CONFIG        a file with more lines of configuration, which win over the template's
#   TURN_RUNTIME_DIR         a folder for the files this makes (/run/ferry-coturn)
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${TURN_RUNTIME_DIR:-/run/ferry-coturn}
config=$folder/turnserver.conf
name=${TURN_HOST:-${FERRY_HOST:-}}
mode=${TLS_MODE:-files}

say() { echo "ferry-coturn: $1" >&2; }
refuse() {
	say "cannot start: $1"
	exit 64
}

# Whom coturn runs as in the end; empty for whoever starts this.
user=
if [ "$(id -u)" = 0 ]; then
	user=nobody
	# Debian's package brings a user of its own.
	if id turnserver >/dev/null 2>&1; then user=turnserver; fi
fi

# Readable to coturn and, by its group, to this script: root without further rights cannot read everything.
hand_over() {
	chmod "$1" "$2"
	[ -z "$user" ] || chown "$user" "$2"
}

# coturn opens its database first as root and later as that user: what is made in there belongs to the user's group.
share_database() {
	chmod 2770 "$folder/database"
	[ -z "$user" ] || chgrp "$(id -gn "$user")" "$folder/database"
}

. "$here/configuration.sh"
. "$here/certificate.sh"

watch_certificate() {
	nap=
	# Else the nap would go on for minutes after the rest.
	trap '[ -z "$nap" ] || kill "$nap" 2>/dev/null; exit 0' TERM
	while :; do
		sleep "${TURN_CERTIFICATE_CHECK_S:-300}" &
		nap=$!
		wait "$nap"
		install_certificate || continue
		if [ "$tls" = yes ]; then
			say 'the certificate was renewed'
			kill -USR2 "$server"
		else
			say 'there is a certificate now: ending, to be started again with TLS'
			kill -TERM "$server"
		fi
	done
}

check_environment
mkdir -p "$folder/database"
# coturn reads its files again when it is nobody special any more.
chmod 0711 "$folder"
share_database
tls=no
if wait_for_certificate; then tls=yes; fi
write_configuration
unset TURN_SECRET

(umask 007 && exec turnserver -c "$config") &
server=$!
watch_certificate &
watcher=$!
stopped=no
trap 'stopped=yes; kill -TERM "$server" 2>/dev/null || true' TERM INT
trap 'kill "$watcher" 2>/dev/null || true' EXIT

# A signal ends `wait` before the relay has ended.
status=0
wait "$server" || status=$?
while kill -0 "$server" 2>/dev/null; do
	status=0
	wait "$server" || status=$?
done
[ "$stopped" = no ] || exit 0
exit "$status"
