#!/bin/sh
# Whether the relay answers: asks its STUN, as a browser would first. For the container's health check.
set -eu
first=${TURN_PUBLIC_ADDRESS%%,*}
timeout 5 turnutils_stunclient "${first##*/}" | grep -q 'reflexive addr'
