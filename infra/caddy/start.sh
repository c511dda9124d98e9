#!/bin/sh
# Starts Caddy with the Caddyfile beside this file. With an own authority it also lays the root certificate where the
# API may read it: Caddy keeps it among its keys, which nobody else may see.
# Environment: FERRY_HOST, TURN_HOST, TLS_MODE, ACME_EMAIL, TLS_CERTIFICATE, TLS_KEY, FERRY_UPSTREAM (see Caddyfile);
# XDG_DATA_HOME is the folder in which Caddy keeps `caddy/`; PUBLISHED_ROOT is the file for the root certificate.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${XDG_DATA_HOME:-$HOME/.local/share}/caddy/pki/authorities/local/root.crt

refuse() {
	echo "Caddy cannot start: $1" >&2
	exit 64
}

# Caddy makes its authority when it starts, so this waits beside it.
publish_root() {
	until [ -s "$root" ]; do sleep 1; done
	# Renamed into place: nobody reads half a file.
	cp "$root" "$PUBLISHED_ROOT.new"
	chmod 0444 "$PUBLISHED_ROOT.new"
	mv "$PUBLISHED_ROOT.new" "$PUBLISHED_ROOT"
}

[ -n "${FERRY_HOST:-}" ] || refuse "FERRY_HOST is not set"
case ${TLS_MODE:-} in
	acme) [ -n "${ACME_EMAIL:-}" ] || refuse "TLS_MODE=acme needs ACME_EMAIL" ;;
	files) [ -r "${TLS_CERTIFICATE:-}" ] && [ -r "${TLS_KEY:-}" ] || refuse "TLS_MODE=files needs a certificate and its key, at ${TLS_CERTIFICATE:-?} and ${TLS_KEY:-?}" ;;
	internal) ;;
	*) refuse "TLS_MODE must be acme, files or internal (it is \"${TLS_MODE:-}\")" ;;
esac

if [ -n "${PUBLISHED_ROOT:-}" ]; then
	# From an earlier mode, perhaps.
	rm -f "$PUBLISHED_ROOT"
	[ "$TLS_MODE" != internal ] || publish_root &
fi

exec caddy run --config "$here/Caddyfile" --adapter caddyfile
