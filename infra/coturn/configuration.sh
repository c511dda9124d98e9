# Part of start.sh: makes turnserver.conf. The functions at the end print what the template's % lines stand for.

min_port=${TURN_MIN_PORT:-49152}
max_port=${TURN_MAX_PORT:-51199}

# Each value becomes a part of a line: none may begin a new one, or mean something to the shell.
check_environment() {
	case ${TURN_SECRET:-} in '' | *[!A-Za-z0-9._~+/=-]*) refuse 'TURN_SECRET is not set, or has other characters than A-Z a-z 0-9 . _ ~ + / = -' ;; esac
	[ ${#TURN_SECRET} -ge 16 ] || refuse 'TURN_SECRET must be at least 16 characters'
	case $name in '' | *[!A-Za-z0-9.-]*) refuse "FERRY_HOST or TURN_HOST must be a host name (it is \"$name\")" ;; esac
	case ${TURN_PUBLIC_ADDRESS:-} in '' | *[!0-9A-Fa-f.:,/]*) refuse "TURN_PUBLIC_ADDRESS must be an address such as 198.51.100.7 (it is \"${TURN_PUBLIC_ADDRESS:-}\")" ;; esac
	check_own_addresses
	case ${TURN_ALLOWED_PEERS:-} in *[!0-9A-Fa-f.:,-]*) refuse "TURN_ALLOWED_PEERS must be ranges such as 10.9.0.0-10.9.0.255 (it is \"$TURN_ALLOWED_PEERS\")" ;; esac
	case $mode in
		files) [ -n "${TURN_CERTIFICATE:-}" ] && [ -n "${TURN_KEY:-}" ] || refuse 'TLS_MODE=files needs TURN_CERTIFICATE and TURN_KEY' ;;
		acme | internal) ;;
		*) refuse "TLS_MODE must be acme, files or internal (it is \"$mode\")" ;;
	esac
	case $min_port$max_port in *[!0-9]*) refuse 'TURN_MIN_PORT and TURN_MAX_PORT must be numbers' ;; esac
	[ "$min_port" -lt "$max_port" ] || refuse 'TURN_MIN_PORT must be below TURN_MAX_PORT'
}

# The commonest mistake: coturn would say a thousand times that it cannot bind.
check_own_addresses() {
	for address in $(each "$TURN_PUBLIC_ADDRESS"); do
		own=${address##*/}
		case $own in *:*) continue ;; esac
		grep -A1 -e "-- $own\$" /proc/net/fib_trie | grep -q 'host LOCAL' ||
			refuse "$own is not an address of this computer. Behind NAT, TURN_PUBLIC_ADDRESS is public/own, such as 198.51.100.7/10.0.0.5"
	done
}

write_configuration() {
	# An old one belongs to coturn, and this script may not write to it.
	rm -f "$config"
	while IFS= read -r line; do
		case $line in
			'#'*) ;;
			%*) "${line#%}" ;;
			*) printf '%s\n' "$line" ;;
		esac
	done <"$here/turnserver.conf.template" >"$config"
	hand_over 0440 "$config"
}

each() { printf '%s\n' "$1" | tr ',' '\n' | sed '/^$/d'; }

listeners() {
	each "$TURN_PUBLIC_ADDRESS" | while IFS= read -r address; do
		own=${address##*/}
		echo "listening-ip=$own"
		echo "relay-ip=$own"
		[ "$own" = "$address" ] || echo "external-ip=$address"
		case $own in *:*) own="[$own]" ;; esac
		# A second port for STUN: what is seen at another address there is behind a symmetric NAT.
		echo "aux-server=$own:3479"
		[ -z "${TURN_HOST:-}" ] || echo "aux-server=$own:443"
	done
}

relay_ports() { printf 'min-port=%s\nmax-port=%s\n' "$min_port" "$max_port"; }

# A port for each: what comes on top is refused in words, before there is none left.
total_quota() { echo "total-quota=$((max_port - min_port))"; }

secret() { echo "static-auth-secret=$TURN_SECRET"; }

realm() { echo "realm=$name"; }

certificate() {
	if [ "$tls" = yes ]; then
		printf 'cert=%s\npkey=%s\n' "$folder/certificate.pem" "$folder/key.pem"
	else
		echo 'no-tls'
	fi
}

# What newer versions leave off by themselves; they complain of options that they have given up.
switched_off() {
	options=$(turnserver -h 2>/dev/null | grep -vi deprecated)
	for option in no-cli no-dtls no-tlsv1 no-tlsv1_1 no-rfc5780 no-stun-backward-compatibility no-software-attribute; do
		if printf '%s\n' "$options" | grep -q -- "--${option}[[:space:]]"; then echo "$option"; fi
	done
}

# coturn sends from one relayed address to the other: on a private address it would refuse itself.
allowed_peers() {
	each "$TURN_PUBLIC_ADDRESS" | tr '/' '\n' | sed 's/^/allowed-peer-ip=/'
	each "${TURN_ALLOWED_PEERS:-}" | sed 's/^/allowed-peer-ip=/'
}

process() {
	# coturn wants a database, though there is nothing in it.
	printf 'pidfile=%s\nuserdb=%s\n' "$folder/database/turnserver.pid" "$folder/database/turndb"
	[ -z "$user" ] || printf 'proc-user=%s\nproc-group=%s\n' "$user" "$(id -gn "$user")"
}

extra() { [ -z "${TURN_EXTRA_CONFIG:-}" ] || cat "$TURN_EXTRA_CONFIG"; }
