# Part of start.sh: finds the relay's certificate, which somebody else gets and renews, and keeps a copy of it and of
# its key that coturn may read.

# Names the certificate's file, whether it is there or not; nothing when Caddy has none yet.
certificate_file() {
	certificates=${TURN_CADDY_DATA:-/nowhere}/certificates
	stem=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
	stem=$stem/$stem
	case $mode in
		files) echo "$TURN_CERTIFICATE" && return ;;
		internal) echo "$certificates/local/$stem.crt" && return ;;
	esac
	# Caddy files certificates by who issued them; those of its own authority stay when it has gone over to another.
	newest=
	for file in "$certificates"/*/"$stem.crt"; do
		case $file in "$certificates"/local/*) continue ;; esac
		[ -e "$file" ] || continue
		if [ -z "$newest" ] || [ -n "$(find "$file" -newer "$newest")" ]; then newest=$file; fi
	done
	echo "$newest"
}

# Succeeds when it installed something new.
install_certificate() {
	file=$(certificate_file)
	key=${file%.crt}.key
	if [ "$mode" = files ]; then key=$TURN_KEY; fi
	[ -s "$file" ] && [ -s "$key" ] || return 1
	# Both: whoever renews them writes one after the other.
	if cmp -s "$file" "$folder/certificate.pem" && cmp -s "$key" "$folder/key.pem"; then return 1; fi
	install_file "$key" "$folder/key.pem"
	install_file "$file" "$folder/certificate.pem"
}

install_file() {
	cp "$1" "$2.new"
	hand_over 0440 "$2.new"
	mv -f "$2.new" "$2"
}

wait_for_certificate() {
	left=${TURN_CERTIFICATE_WAIT_S:-60}
	until install_certificate; do
		# Left from the last start, and still the same.
		if [ -e "$folder/certificate.pem" ]; then return 0; fi
		if [ "$left" -le 0 ]; then
			say "there is no certificate for $name yet: starting without TLS"
			return 1
		fi
		left=$((left - 1))
		sleep 1
	done
}
