#!/bin/sh
# Chromium on a computer of the lab. By exec, so that it is the very process the tests started, and signals to
# its group reach all of it.
exec ip netns exec "$FERRY_LAB_NAMESPACE" "$FERRY_LAB_CHROMIUM" "$@"
